import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeCell, makeCells, readCellRecord, workspaceOf, type Cell, type MakeOptions } from "../../src/index.ts";
import { asked, cellIn, logOf, optionsOf, planOf, temporary, writeData } from "../made-up.ts";

let options: MakeOptions;
let down: boolean;

const cellOf = (arm: string): Cell => cellIn(options, arm);
const eventsOf = (cell: Cell) => logOf(options, cell);
const recordOf = (cell: Cell) => JSON.parse(readFileSync(join(options.root, cell.folder, "run.json"), "utf8"));

beforeEach(() => {
  const folder = temporary();
  writeData(folder);
  asked.count = 0;
  down = false;
  const plan = planOf(folder, {
    arms: [
      { name: "search", change: {} },
      { name: "refit", change: { refit: true } },
      { name: "fresh", change: { holdout: { fresh: 2 } } },
      { name: "other", change: { holdout: { folds: 2 } } },
    ],
    contrasts: [{ name: "refit − search", coefficients: [-1, 1, 0, 0] }],
    drafts: "own",
  });
  options = optionsOf(folder, plan, () => down);
});

describe("an arm that differs only in how runs end", { timeout: 60_000 }, () => {
  it("ends the search of the first such arm, whichever of them is asked for first, and asks no model", async () => {
    expect(await makeCell(cellOf("refit"), options)).toMatchObject({ kind: "made", ending: { kind: "finished" } });
    const calls = asked.count;
    expect(calls).toBe(2);
    expect(await makeCell(cellOf("search"), options)).toEqual({ kind: "settled" });
    expect(await makeCell(cellOf("fresh"), options)).toMatchObject({ ending: { kind: "finished" } });
    expect(asked.count).toBe(calls);
    await makeCell(cellOf("other"), options);
    expect(asked.count).toBe(2 * calls);
    for (const arm of ["refit", "fresh"]) {
      const cell = cellOf(arm);
      const effects = (one: Cell) => eventsOf(one).filter(({ place }) => place !== undefined);
      expect(effects(cell)).toEqual(effects(cellOf("search")));
      expect(eventsOf(cell).filter(({ type }) => type === "run-closed")).toHaveLength(1);
      expect(recordOf(cell)).toMatchObject({ searchOf: join("..", "..", "search", "seed-0") });
      expect(eventsOf(cell).at(-2)).toMatchObject({ type: "run-opened", setup: recordOf(cell).setup });
    }
    expect(recordOf(cellOf("search")).searchOf ?? recordOf(cellOf("other")).searchOf).toBeUndefined();
  });

  it("ends in its own way, with what the search left", async () => {
    await makeCells([cellOf("refit"), cellOf("fresh"), cellOf("search")], options, () => undefined);
    const report = (arm: string) => readFileSync(join(options.root, cellOf(arm).folder, "report.md"), "utf8");
    expect(report("refit")).toContain("final run on all rows: 10 rows");
    expect(report("search")).toContain("final run on all rows: none");
    expect(report("fresh")).toContain("2 other parts");
    expect(report("search")).not.toContain("other parts");
    for (const arm of ["refit", "fresh"]) {
      expect(existsSync(join(options.root, cellOf(arm).folder, "best_submission.csv"))).toBe(true);
      expect(existsSync(join(workspaceOf(options.root, cellOf(arm)), "executions", "x000001"))).toBe(true);
    }
  });

  it("waits while another process makes the search", async () => {
    const both = await Promise.all([makeCell(cellOf("search"), options), makeCell(cellOf("refit"), options)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["busy", "made"]);
    const made: string[] = [];
    const take = ({ arm }: Cell): void => void made.push(arm.name);
    options = { ...options, root: join(options.root, "both") };
    const cells = [cellOf("refit"), cellOf("fresh")];
    await Promise.all([makeCells(cells, options, take), makeCells(cells, options, take)]);
    expect(made.toSorted()).toEqual(["fresh", "refit"]);
    expect(asked.count).toBe(4);
  });

  it("takes the search whole where a process was killed while it copied", async () => {
    await makeCell(cellOf("search"), options);
    const folder = join(options.root, cellOf("refit").folder);
    mkdirSync(folder, { recursive: true });
    for (const left of ["events.jsonl", "events.jsonl.part"])
      writeFileSync(join(folder, left), `${JSON.stringify(eventsOf(cellOf("search"))[0])}\n`);
    expect(await makeCell(cellOf("refit"), options)).toMatchObject({ ending: { kind: "finished" } });
    expect(eventsOf(cellOf("refit")).filter(({ type }) => type === "told")).toHaveLength(2);
    expect(asked.count).toBe(2);
  });

  it("is made after a search that infrastructure interrupted, and searches itself where there is none to be had", async () => {
    down = true;
    const failed = { kind: "made", ending: { kind: "failed", code: "AIDE_BACKEND_UNREACHABLE" } };
    expect(await makeCell(cellOf("refit"), options)).toMatchObject(failed);
    expect(await readCellRecord(join(options.root, cellOf("refit").folder))).toBeUndefined();
    for (let attempt = 0; attempt < options.plan.retries; attempt += 1) await makeCell(cellOf("search"), options);
    expect(await makeCell(cellOf("search"), options)).toEqual({ kind: "settled" });
    down = false;
    expect(await makeCell(cellOf("refit"), options)).toMatchObject({ ending: { kind: "finished" } });
    expect(recordOf(cellOf("refit")).searchOf).toBeUndefined();
  });
});
