import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeCell, workspaceOf, type Cell, type MakeOptions, type Plan } from "../../src/index.ts";
import { asked, cellIn, logOf, optionsOf, planOf, temporary, writeData } from "../made-up.ts";

let folder: string;
let options: MakeOptions;

const optionsWith = (rest: Partial<Plan>): MakeOptions =>
  optionsOf(
    folder,
    planOf(folder, {
      arms: [
        { name: "short", change: {} },
        { name: "long", change: { budget: { steps: 3 } } },
        { name: "folds", change: { holdout: { folds: 2 } } },
      ],
      contrasts: [{ name: "long − short", coefficients: [-1, 1, 0] }],
      ...rest,
    }),
  );

const cellOf = (arm: string, seed = 0): Cell => cellIn(options, arm, seed);

/** What calls and scripts of a cell came to, in order, without their folders. */
const endsOf = (arm: string, seed = 0): readonly string[] =>
  logOf(options, cellOf(arm, seed)).flatMap(({ type, place = "", value }) =>
    type === "effect-ended" && !place.startsWith("evaluate-") ? [JSON.stringify({ ...value, id: undefined })] : [],
  );

beforeEach(() => {
  folder = temporary();
  writeData(folder);
  asked.count = 0;
});

describe("where arms share their steps", { timeout: 60_000 }, () => {
  it("answers and scripts are made once until arms part, each arm with files of its own", async () => {
    options = optionsWith({ steps: "shared" });
    await makeCell(cellOf("short"), options);
    expect(asked.count).toBe(2);
    await makeCell(cellOf("long"), options);
    expect(asked.count).toBe(3);
    expect(endsOf("long").slice(0, endsOf("short").length)).toEqual(endsOf("short"));
    const executions = join(workspaceOf(options.root, cellOf("long")), "executions");
    for (const id of ["x000001", "x000002", "x000003"])
      expect(existsSync(join(executions, id, "submission", "submission.csv"))).toBe(true);
  });

  it("scripts are run again where arms see other data, and seeds share nothing", async () => {
    options = optionsWith({ steps: "shared" });
    for (const arm of ["short", "folds"]) await makeCell(cellOf(arm), options);
    // The first draft is the same, what is said of it to the second is not.
    expect(asked.count).toBe(3);
    expect(endsOf("folds")).not.toEqual(endsOf("short"));
    const shared = join(options.root, "steps", "line", "seed-0");
    expect(readdirSync(shared).filter((name) => name.startsWith("scripts-"))).toHaveLength(2);
    await makeCell(cellOf("short", 1), options);
    expect(asked.count).toBe(5);
  });

  it("and elsewhere each arm makes its own after the first draft", async () => {
    options = optionsWith({});
    for (const arm of ["short", "long"]) await makeCell(cellOf(arm), options);
    expect(asked.count).toBe(4);
    expect(endsOf("long").slice(0, 2)).not.toEqual(endsOf("short").slice(0, 2));
  });
});
