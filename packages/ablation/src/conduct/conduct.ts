import { existsSync } from "node:fs";
import { join } from "node:path";
import { decide, type Looked, type Verdict } from "@aide-ts/statistics";
import type { Launcher } from "@aide-ts/plugin";
import { looksOf } from "../analysis/looks.ts";
import { cellsOf, type Cell } from "../cells/cells.ts";
import { isSettled, readCellRecord } from "../cells/cell-record.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { readOutcomes } from "../outcomes/read-outcomes.ts";
import { scoresOf } from "../outcomes/scores.ts";
import type { Plan } from "../plan/plan.ts";
import { Prospects } from "./prospects.ts";

export interface Conducting {
  readonly plan: Plan;
  /** The ablation's folder. */
  readonly root: string;
  readonly launcher: Launcher;
  /** A program that makes cells by their numbers in `cellsOf(plan)`; asked for before each launch. */
  readonly command: () => Promise<readonly string[]>;
  /** Where the launcher keeps what processes print. */
  readonly launchFolder: string;
  /** Grades runs by their folders, in a process of its own. */
  readonly grade: (folders: readonly string[]) => Promise<void>;
  readonly notify: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Has all cells made and graded, block by block where looks were declared, and stops where these know enough. What is made already stays.
 * @returns the outcome of each cell that was to be made
 * @throws AIDE_ABLATION_STUCK, AIDE_ABLATION_FAILED, what launching and grading throw, the signal's reason
 */
export const conduct = async (conducting: Conducting): Promise<readonly CellOutcome[]> => {
  const { plan, root, notify } = conducting;
  const cells = cellsOf(plan).map((cell, number) => ({ cell, number }));
  const blocks =
    plan.sequential === undefined ? [cells] : plan.seeds.map((_, at) => cells.filter(({ cell }) => cell.block === at));
  const looks = looksOf(plan);
  const outcomes: CellOutcome[] = [];
  for (const [at, block] of blocks.entries()) {
    await make(block, conducting);
    await gradeAll(block, conducting);
    outcomes.push(
      ...(await readOutcomes(
        block.map(({ cell }) => cell),
        root,
      )),
    );
    if (looks === undefined || at === blocks.length - 1) continue;
    const verdicts = verdictsOf(plan, outcomes, looks(at + 1));
    notify(
      `look ${at + 1} of ${blocks.length}: ${plan.contrasts.map(({ name }, of) => `${name} ${verdictText[verdicts[of] ?? "open"]}`).join("; ")}`,
    );
    if (!verdicts.includes("open")) break;
  }
  return outcomes;
};

interface Numbered {
  readonly cell: Cell;
  readonly number: number;
}

/** Launches until nothing is left to be made. */
const make = async (
  cells: readonly Numbered[],
  { plan, root, launcher, command, launchFolder, signal }: Conducting,
): Promise<void> => {
  const prospects = new Prospects(root, launchFolder);
  for (;;) {
    const records = await Promise.all(cells.map(({ cell }) => readCellRecord(join(root, cell.folder))));
    const open = cells.filter((_, at) => {
      const record = records[at];
      return record === undefined || !isSettled(record, plan.retries);
    });
    if (open.length === 0) return;
    await prospects.check(
      records.flatMap((record) => record?.attempts ?? []),
      open.length,
    );
    const runs = open.map(({ number, cell }) => ({ number, arm: cell.arm.name }));
    await launcher.launch({ command: await command(), runs }, signal);
  }
};

/** Folders that a command line holds on any system. */
const gradedAtOnce = 1000;

/** Runs that came to an end, and are not graded yet. */
const gradeAll = async (cells: readonly Numbered[], { plan, root, grade }: Conducting): Promise<void> => {
  if (plan.outcome === "search-score") return;
  const records = await Promise.all(cells.map(({ cell }) => readCellRecord(join(root, cell.folder))));
  const ungraded = cells.flatMap(({ cell: { folder } }, at) =>
    records[at]?.attempts.at(-1)?.kind === "finished" && !existsSync(join(root, folder, "grades.json"))
      ? [join(root, folder)]
      : [],
  );
  for (let at = 0; at < ungraded.length; at += gradedAtOnce) await grade(ungraded.slice(at, at + gradedAtOnce));
};

const verdictsOf = (plan: Plan, outcomes: readonly CellOutcome[], looked: Looked): readonly Verdict[] => {
  const { alpha, contrasts, power, seeds, sequential } = plan;
  if (sequential === undefined) return [];
  const { futility } = sequential;
  const scores = scoresOf({ ...plan, seeds: seeds.slice(0, looked.seeds.length) }, outcomes);
  return decide(scores, contrasts, looked, { alpha, effect: power.effect, seeds: seeds.length, futility });
};

const verdictText: Readonly<Record<Verdict, string>> = {
  shown: "is shown",
  futile: "will hardly be shown",
  open: "is open",
};
