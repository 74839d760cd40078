import { play, searchConformance } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

const options = { drafts: 2, rivals: 2 };

searchConformance({ describe, it }, { plugin, options });

describe("a run", () => {
  it("begins with the drafts asked for, and then improves", async () => {
    const { journal } = await play({ search: () => plugin.create(options, undefined), limits: { steps: 12 } });
    const operators = journal.outcomes.map(({ proposal }) => proposal.operator);
    expect(operators.slice(0, 2)).toEqual(["draft", "draft"]);
    expect(operators).toContain("improve");
  });
});
