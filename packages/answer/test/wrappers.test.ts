import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { extractCandidate } from "../src/index.ts";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { madeUpScripts, scripts } from "./scripts.ts";
import { wrappers } from "./wrappers.ts";

const table = Object.entries(wrappers);

describe("a script is read out of", () => {
  it.each(table)("%s", (_name, { wrap, plan = "" }) => {
    for (const [name, script] of Object.entries(scripts))
      expect(extractCandidate(wrap(script), "stop"), name).toEqual({ plan, code: script });
  });

  it("any wrapper exactly as it was, whatever the script", () => {
    fc.assert(
      fc.property(madeUpScripts, fc.constantFrom(...table), (script, [, { wrap, plan = "" }]) => {
        expect(extractCandidate(wrap(script), "stop")).toEqual({ plan, code: script });
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});

describe("a script of an answer that was kept", () => {
  const kept = (name: string) => readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), "utf8");
  const script = `import pandas as pd
from sklearn.linear_model import LinearRegression
tr=pd.read_csv('./input/train.csv'); te=pd.read_csv('./input/test.csv')
m=LinearRegression().fit(tr[['a']],tr['y'])
pd.DataFrame({'id':te['id'],'y':m.predict(te[['a']])}).to_csv('./submission/submission.csv',index=False)
`;

  it.each(["harmony", "python-tag", "colonname"])("%s", (name) => {
    expect(extractCandidate(kept(name), "stop")).toEqual({ plan: "", code: script });
  });

  it("steps", () => {
    const { plan, code } = extractCandidate(kept("steps"), "stop");
    expect(plan).toBe("First, load the data:");
    expect(code.replaceAll("\n\n", "\n")).toBe(script);
  });
});
