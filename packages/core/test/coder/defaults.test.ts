import type { Proposal, Work } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { coderPrompts } from "../../src/index.ts";
import { createDefaults, readEstimators } from "../../src/coder/defaults.ts";

const markdown = coderPrompts()["coder/estimators"] ?? "";
const skeleton = "# Estimator: ...\nimport numpy as np\nmodel = make(...)\nmodel.fit()\n";
const proposal: Proposal = { operator: "draft", parents: [], memory: [], guidance: [] };
/** Whatever else it could ask of a work throws. */
const step = (number: number) => ({ proposal: number }) as Work;

describe("the coder that asks no model", () => {
  it.each(["regression", "classification"] as const)("has several estimators for %s", (kind) => {
    const estimators = readEstimators(markdown, kind);
    expect(new Set(estimators.map(({ made }) => made)).size).toBe(6);
    for (const { imported, made } of estimators)
      expect(imported.endsWith(` ${made.slice(0, made.indexOf("("))}`)).toBe(true);
  });

  it("fills one after the other into the script, whatever it is asked for", async () => {
    const coder = createDefaults({ skeleton, estimators: readEstimators(markdown, "regression") });
    const codes = await Promise.all(
      [0, 1, 6].map(async (number) => (await coder({ ...proposal, operator: "improve" }, step(number))).code),
    );
    expect(codes[0]).toBe(
      "from lightgbm import LGBMRegressor\nimport numpy as np\nmodel = make(LGBMRegressor(verbose=-1))\nmodel.fit()\n",
    );
    expect(codes[1]).toContain("make(RandomForestRegressor(random_state=0))");
    expect(codes[2]).toBe(codes[0]);
  });

  it("has nothing to run where there is no script to fill in", async () => {
    const coder = createDefaults({ skeleton: "", estimators: readEstimators(markdown, "regression") });
    expect(await coder(proposal, step(0))).toMatchObject({ code: "", defect: "no-code" });
  });
});
