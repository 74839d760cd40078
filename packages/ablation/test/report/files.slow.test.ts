import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findScriptsPython } from "../../../../tools/vitest/scripts-python.ts";
import { analyse, writeReport, type CellOutcome } from "../../src/index.ts";
import { planOf, temporary } from "../made-up.ts";
import { cell, failed, frozen, graded } from "../outcomes/outcomes.ts";

const read = `
import json, sys
import pandas as pd
csv, parquet = pd.read_csv(sys.argv[1]), pd.read_parquet(sys.argv[2])
assert list(csv.columns) == list(parquet.columns)
pd.testing.assert_frame_equal(csv, parquet, check_dtype=False)
print(parquet[["task", "arm", "seed", "ending", "score", "valid", "report_score", "tokens"]].astype(object).where(parquet.notna(), None).to_json(orient="values"))
`;

it("pandas reads the same cells from CSV and from Parquet", { timeout: 120_000 }, async () => {
  const python = await findScriptsPython();
  const plan = planOf("/nowhere", {
    outcome: "report-score",
    tasks: [{ name: 'line, "quoted"', values: {} }],
    arms: [
      { name: "baseline", change: {} },
      { name: "reflection\nin two lines", change: { slots: 2 } },
    ],
  });
  const outcomes: readonly CellOutcome[] = plan.arms.flatMap(({ name: arm }, a) =>
    plan.seeds.map((seed) => ({
      ...cell(arm, seed, a === 0 ? graded(1.5, 0.25) : {}),
      task: 'line, "quoted"',
      ...(a === 1 ? { ending: failed("infrastructure"), lost: 3 } : {}),
    })),
  );
  const root = temporary();
  mkdirSync(root, { recursive: true });
  await writeReport(root, plan, analyse(plan, outcomes), outcomes, frozen);
  const printed = execFileSync(python, ["-B", "-c", read, join(root, "cells.csv"), join(root, "cells.parquet")]);
  expect(JSON.parse(printed.toString())).toEqual([
    ['line, "quoted"', "baseline", 0, "finished", 0.25, true, 0.25, 0],
    ['line, "quoted"', "baseline", 1, "finished", 0.25, true, 0.25, 0],
    ['line, "quoted"', "reflection\nin two lines", 0, "infrastructure", null, null, null, 0],
    ['line, "quoted"', "reflection\nin two lines", 1, "infrastructure", null, null, null, 0],
  ]);
});
