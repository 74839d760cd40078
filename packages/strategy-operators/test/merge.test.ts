import type { Solve } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { merge } from "../src/index.ts";
import { valid } from "./scores.ts";
import { improvements } from "./searches.ts";

const script = (
  estimator: string,
  score: number,
  features = "data",
): string => `from a import ${/^\w+/.exec(estimator)?.[0]}

def add_features(data):
    return ${features}

def make_estimator():
    """Makes it."""
    return ${estimator}

fit(add_features, make_estimator)
# x = ${score}
`;

const run = async (codes: readonly string[], { drafts = codes.length, steps = 9, members = 3, every = 2 } = {}) => {
  let asked = 0;
  const coder: Solve = async () => {
    const code = codes[Math.min(asked, codes.length - 1)] ?? "";
    asked += 1;
    return { plan: "written", code };
  };
  const { journal } = await play({
    limits: { steps },
    search: () => improvements(drafts),
    strategies: [merge.create({ members, every }, undefined)],
    names: ["merge"],
    coder,
    evaluators: [valid],
  });
  const merged = journal.outcomes.filter(({ notes }) => notes["merge"] !== undefined);
  return { outcomes: journal.outcomes, merged, candidates: merged.map(({ chosen }) => chosen?.candidate) };
};

const regressors = [
  script("Ridge(1)", 3),
  script("LGBMRegressor(\n        n=2)", 1, "data * 2"),
  script("Lasso(9)", 5),
  script("Ridge(2)", 2),
  script("SVR()", 6),
];

describe("merge", () => {
  it("gives the best solution the mean of the best estimators of different kinds", async () => {
    const { candidates, merged, outcomes } = await run(regressors);
    expect(candidates[0]?.code).toBe(`from sklearn.ensemble import VotingRegressor
from a import Ridge
from a import Lasso
${regressors[1]?.replace(
  "LGBMRegressor(\n        n=2)",
  `VotingRegressor([
        ("LGBMRegressor", LGBMRegressor(
            n=2)),
        ("Ridge", Ridge(2)),
        ("Lasso", Lasso(9)),
    ])`,
)}`);
    const id = (at: number) => outcomes[at]?.chosen?.id;
    expect(candidates[0]?.from).toBe(id(1));
    expect(candidates[0]?.plan).toBe("make_estimator, the mean of LGBMRegressor, Ridge, Lasso");
    expect(merged[0]?.notes["merge"]).toEqual([{ members: [id(1), id(3), id(2)] }]);
  });

  it("waits for so many improvements, and never makes the same again", async () => {
    const { merged } = await run(regressors, { steps: 20, every: 3 });
    expect(merged.map(({ number }) => number)).toEqual([8]);
  });

  it("takes the mean of probabilities, where all estimators give them", async () => {
    const { candidates } = await run([script("LogisticRegression()", 1), script("LGBMClassifier()", 2)]);
    expect(candidates[0]?.code).toContain('return VotingClassifier(voting="soft", estimators=[\n');
    const hard = await run([script("RidgeClassifier()", 1), script("LGBMClassifier()", 2)]);
    const mixed = await run([script("SVC()", 1), script("LGBMClassifier()", 2)]);
    expect([...hard.merged, ...mixed.merged]).toEqual([]);
  });

  it.each([
    ["of one kind", [script("Ridge(1)", 1), script("Ridge(2)", 2)]],
    ["that are means already", [script("Ridge(1)", 1), script("VotingRegressor([])", 2)]],
    ["that need more than a call", [script("Ridge(1)", 1), script("x", 2), script("1\n    return Lasso(x)", 2)]],
    ["of no functions", ["x = 1", "y = 2\n# x = 2"]],
  ])("leaves estimators %s to the next strategy", async (_what, codes) => {
    expect((await run(codes)).merged).toEqual([]);
  });
});
