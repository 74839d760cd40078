import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  cellsOf,
  makeCell,
  makeCells,
  readCellRecord,
  workspaceOf,
  type Cell,
  type MakeOptions,
} from "../../src/index.ts";
import { asked, cellIn, logOf, optionsOf, planOf, temporary, writeData } from "../made-up.ts";

let folder: string;
let options: MakeOptions;
const cellOf = (arm: string, seed = 0): Cell => cellIn(options, arm, seed);

const firstAnswer = (cell: Cell): unknown =>
  logOf(options, cell).find(({ type, value }) => type === "effect-ended" && value?.text !== undefined)?.value;

beforeEach(() => {
  folder = temporary();
  writeData(folder);
  asked.count = 0;
  options = optionsOf(folder, planOf(folder));
});

it(
  "cells are made once each by several that make them all, and none is begun after a stop",
  { timeout: 60_000 },
  async () => {
    const cells = cellsOf(options.plan);
    const made: Cell[] = [];
    const take = (cell: Cell): void => void made.push(cell);
    await Promise.all([makeCells(cells, options, take), makeCells(cells, options, take)]);
    expect(made.map(({ folder: one }) => one).toSorted()).toEqual(cells.map(({ folder: one }) => one).toSorted());
    const stop = new AbortController();
    const other = { ...options, root: join(folder, "stopped"), signal: stop.signal };
    await makeCells(cells, other, () => stop.abort());
    expect(
      readdirSync(join(other.root, "cells", "line")).flatMap((arm) =>
        readdirSync(join(other.root, "cells", "line", arm)),
      ),
    ).toHaveLength(1);
  },
);

describe("a cell", { timeout: 60_000 }, () => {
  it("is made once: a run folder with what became of it, and the workspace that its grades need", async () => {
    const cell = cellOf("baseline");
    expect(await makeCell(cell, options)).toMatchObject({
      kind: "made",
      ending: { kind: "finished", reason: "steps" },
    });
    expect(await makeCell(cell, options)).toEqual({ kind: "settled" });
    const made = join(options.root, cell.folder);
    expect(await readCellRecord(made)).toMatchObject({
      task: "line",
      arm: "baseline",
      seed: 0,
      attempts: [{ kind: "finished" }],
    });
    expect(JSON.parse(readFileSync(join(made, "run.json"), "utf8"))).toMatchObject({ seed: 0 });
    expect(existsSync(join(made, "best_submission.csv"))).toBe(true);
    expect(existsSync(join(workspaceOf(options.root, cell), "executions"))).toBe(true);
  });

  it("shares its first draft with arms that draft alike, and no later call", async () => {
    for (const arm of ["baseline", "reflection"]) await makeCell(cellOf(arm), options);
    await makeCell(cellOf("baseline", 1), options);
    const draft = firstAnswer(cellOf("baseline"));
    expect(draft).toMatchObject({ text: expect.stringContaining("answer 1") });
    expect(firstAnswer(cellOf("reflection"))).toEqual(draft);
    expect(firstAnswer(cellOf("baseline", 1))).not.toEqual(draft);
    const before = asked.count;
    options = optionsOf(folder, { ...options.plan, drafts: "own", name: "other" });
    options = { ...options, root: join(folder, "other") };
    await makeCell(cellOf("baseline"), options);
    await makeCell(cellOf("reflection"), options);
    // Two steps of each arm: what was shared is asked for again.
    expect(asked.count - before).toBeGreaterThanOrEqual(4);
    expect(firstAnswer(cellOf("baseline"))).not.toEqual(firstAnswer(cellOf("reflection")));
  });

  it("continues where it was stopped", async () => {
    const stop = new AbortController();
    const cell = cellOf("baseline");
    const stopped = await makeCell(cell, {
      ...options,
      signal: stop.signal,
      observe: ({ kind }) => kind === "told" && stop.abort(),
    });
    expect(stopped).toEqual({ kind: "made", ending: { kind: "stopped" } });
    const before = asked.count;
    expect(await makeCell(cell, options)).toMatchObject({ ending: { kind: "finished" } });
    expect(asked.count - before).toBe(1);
    expect((await readCellRecord(join(options.root, cell.folder)))?.attempts).toHaveLength(2);
  });

  it("is left to the process that makes it", async () => {
    const cell = cellOf("baseline");
    const both = await Promise.all([makeCell(cell, options), makeCell(cell, options)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["busy", "made"]);
  });

  it("that infrastructure makes fail is made again, but not for ever", async () => {
    let isDown = true;
    options = optionsOf(folder, options.plan, () => isDown);
    const cell = cellOf("baseline");
    const failure = { ending: { kind: "failed", cause: "infrastructure", code: "AIDE_BACKEND_UNREACHABLE" } };
    expect(await makeCell(cell, options)).toMatchObject(failure);
    isDown = false;
    expect(await makeCell(cell, options)).toMatchObject({ ending: { kind: "finished" } });
    isDown = true;
    const other = cellOf("reflection", 1);
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await makeCell(other, options)).toMatchObject(failure);
    expect(await makeCell(other, options)).toEqual({ kind: "settled" });
  });

  it("that a config makes fail is not made again, and says so", async () => {
    options = optionsOf(folder, planOf(folder, { base: { ...options.plan.base, search: "nowhere" } }));
    const cell = cellOf("baseline");
    expect(await makeCell(cell, options)).toMatchObject({
      ending: { kind: "failed", cause: "user", code: "AIDE_PLUGIN_NOT_FOUND" },
    });
    expect(await makeCell(cell, options)).toEqual({ kind: "settled" });
  });
});
