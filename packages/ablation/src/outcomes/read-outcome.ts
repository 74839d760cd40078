import { join } from "node:path";
import type { Event } from "@aide-ts/core";
import type { Outcome } from "@aide-ts/plugin";
import { isBegun, readRun, type ReadRun } from "@aide-ts/run/record";
import type { Cell } from "../cells/cells.ts";
import { readCellRecord } from "../cells/cell-record.ts";
import { isOfInfrastructure, type CellEnding } from "../cells/ending.ts";
import { courseOf, type Point } from "./course.ts";
import { readGrades, type Grades } from "./grades.ts";
import { madeWith, type MadeWith } from "./made-with.ts";
import { pricesIn } from "./prices.ts";
import { settingOf, type Setting } from "./setting.ts";
import { ledgerOf, type Ledger } from "./tokens.ts";

/** A step of a run: what was asked, and what came of it. */
export interface Step {
  readonly operator: string;
  /** The solution that it started from. */
  readonly from: string | undefined;
  readonly chosen: string | undefined;
  readonly valid: boolean;
}

/** What became of a cell, and what it is worth. */
export interface CellOutcome {
  readonly task: string;
  readonly arm: string;
  readonly seed: number;
  /** Its run folder, below that of the ablation. */
  readonly folder: string;
  /** How it ended; nothing for one that was not made to its end. */
  readonly ending: CellEnding | undefined;
  /** Attempts that infrastructure ended. */
  readonly lost: number;
  readonly grades: Grades | undefined;
  readonly direction: "maximize" | "minimize" | undefined;
  /** What the search chose by, of the solution that it chose. */
  readonly searchScore: number | undefined;
  readonly steps: readonly Step[];
  readonly course: readonly Point[];
  /** What it ran on; nothing for one that was not begun. */
  readonly setting: Setting | undefined;
  readonly made: MadeWith | undefined;
  /** Scripts whose score the search saw. */
  readonly queries: number;
  /** The folder of the cell whose search it ended, where it made none of its own. */
  readonly searchOf: string | undefined;
  /** What the first draft was asked for and with which seed: arms that agree in it have it in common. */
  readonly draft: string | undefined;
  /** The first program that its search judged. */
  readonly firstProgram: string | undefined;
  readonly ledger: Ledger;
}

/** Reads a cell from its folder alone. @throws AIDE_RUN_UNREADABLE */
export const readOutcome = async (cell: Cell, root: string): Promise<CellOutcome> => {
  const { task, arm, seed, folder } = cell;
  const path = join(root, folder);
  const attempts = (await readCellRecord(path))?.attempts ?? [];
  const run = (await isBegun(path)) ? await readRun(path, { brief: true }) : undefined;
  return outcomeOf({ task: task.name, arm: arm.name, seed, folder }, { attempts, grades: readGrades(path), run });
};

/** What was read of a cell. */
export interface CellRead {
  readonly attempts: readonly CellEnding[];
  readonly grades: Grades | undefined;
  /** Nothing where none was begun. */
  readonly run: ReadRun | undefined;
}

/** What became of a cell, by what was read of it. */
export const outcomeOf = (
  names: Pick<CellOutcome, "task" | "arm" | "seed" | "folder">,
  { attempts, grades, run }: CellRead,
): CellOutcome => {
  const last = attempts.at(-1);
  const best = run?.journal.best;
  return {
    ...names,
    ending: last?.kind === "stopped" ? undefined : last,
    lost: attempts.filter(isOfInfrastructure).length,
    grades,
    searchScore: best?.evaluation.valid === true ? best.evaluation.score.value : undefined,
    direction: run?.journal.task.direction,
    steps: run?.journal.outcomes.map(stepOf) ?? [],
    course: run === undefined ? [] : courseOf(run),
    setting: run === undefined ? undefined : settingOf(run.record),
    made: run === undefined ? undefined : madeWith(run.record),
    queries: queriesIn(run?.events ?? []),
    searchOf: run?.record.searchOf === undefined ? undefined : join(names.folder, run.record.searchOf),
    draft: draftIn(run?.events ?? []),
    firstProgram: run?.events.find(isVerdict)?.hash,
    ledger: ledgerOf(run?.events ?? [], run === undefined ? () => undefined : pricesIn(run.record)),
  };
};

/** Finds the outcome of a cell by what names it. */
export const byCell = (
  outcomes: readonly CellOutcome[],
): ((task: string, arm: string, seed: number) => CellOutcome | undefined) => {
  const cells = new Map(outcomes.map((cell) => [JSON.stringify([cell.task, cell.arm, cell.seed]), cell]));
  return (task, arm, seed) => cells.get(JSON.stringify([task, arm, seed]));
};

const stepOf = ({ proposal: { operator, parents }, chosen }: Outcome): Step => ({
  operator,
  from: parents[0],
  chosen: chosen?.id,
  valid: chosen?.evaluation.valid === true,
});

/** One that a kill cut short is begun again at its place. */
const queriesIn = (events: readonly Event[]): number =>
  new Set(
    events.flatMap((event) => (event.type === "effect-started" && event.kind === "evaluate" ? [event.place] : [])),
  ).size;

const isVerdict = (event: Event): event is Extract<Event, { type: "effect-started" }> =>
  event.type === "effect-started" && event.kind === "evaluate";

const draftIn = (events: readonly Event[]): string | undefined => {
  for (const event of events)
    if (event.type === "effect-started" && event.kind === "generate")
      return `${event.hash} ${JSON.stringify(event.details["seed"])}`;
  return undefined;
};
