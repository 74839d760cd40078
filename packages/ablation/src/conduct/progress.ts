import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@aide-ts/core";
import { alignedTable, counted } from "@aide-ts/run/report";
import { cellsOf, type Cell } from "../cells/cells.ts";
import { readSettled } from "../cells/cell-record.ts";
import type { Plan } from "../plan/plan.ts";

export interface ArmProgress {
  readonly arm: string;
  readonly made: number;
  /** Of those that were made. */
  readonly failed: number;
  readonly atWork: number;
  readonly left: number;
}

export interface Progress {
  readonly arms: readonly ArmProgress[];
  readonly made: number;
  readonly cells: number;
  /** Since watching began. */
  readonly seconds: number;
  /** If cells are made on as fast as since watching began; nothing before one was. */
  readonly secondsLeft: number | undefined;
}

/** How far the cells of an ablation are, from their folders: whoever makes them, here or elsewhere. */
export class CellWatch {
  readonly #cells: readonly Cell[];
  readonly #arms: readonly string[];
  readonly #retries: number;
  readonly #root: string;
  readonly #clock: Clock;
  readonly #began: number;
  /** Folder → whether it failed. */
  readonly #made = new Map<string, boolean>();
  #madeBefore: number | undefined;

  constructor(plan: Plan, root: string, clock: Clock) {
    this.#cells = cellsOf(plan);
    this.#arms = plan.arms.map(({ name }) => name);
    this.#retries = plan.retries;
    this.#root = root;
    this.#clock = clock;
    this.#began = clock.now();
  }

  async look(): Promise<Progress> {
    const open = this.#cells.filter(({ folder }) => !this.#made.has(folder));
    const atWork = new Set<string>();
    for (const { folder } of open) {
      const settled = await readSettled(join(this.#root, folder), this.#retries);
      if (settled !== undefined) this.#made.set(folder, settled.attempts.at(-1)?.kind === "failed");
      else if (existsSync(join(this.#root, folder, "cell.lock"))) atWork.add(folder);
    }
    this.#madeBefore ??= this.#made.size;
    const seconds = (this.#clock.now() - this.#began) / 1000;
    const since = this.#made.size - this.#madeBefore;
    const left = this.#cells.length - this.#made.size;
    return {
      arms: this.#arms.map((arm) => this.#of(arm, atWork)),
      made: this.#made.size,
      cells: this.#cells.length,
      seconds,
      secondsLeft: since === 0 ? undefined : (left * seconds) / since,
    };
  }

  #of(arm: string, atWork: ReadonlySet<string>): ArmProgress {
    const cells = this.#cells.filter((cell) => cell.arm.name === arm);
    const count = (is: (folder: string) => boolean): number => cells.filter(({ folder }) => is(folder)).length;
    const [made, busy] = [count((folder) => this.#made.has(folder)), count((folder) => atWork.has(folder))];
    return {
      arm,
      made,
      failed: count((folder) => this.#made.get(folder) === true),
      atWork: busy,
      left: cells.length - made - busy,
    };
  }
}

/** `24 of 40 cells, about 4 min left`. */
export const progressLine = ({ made, cells, secondsLeft }: Progress): string =>
  `${made} of ${counted(cells, "cell")}${secondsLeft === undefined || made === cells ? "" : `, about ${shownTime(secondsLeft)} left`}`;

/** A table of the arms, and the line below it. */
export const progressTable = (progress: Progress): readonly string[] => [
  ...alignedTable([
    ["arm", "made", "failed", "at work", "left"],
    ...progress.arms.map(({ arm, made, failed, atWork, left }) => [arm, ...[made, failed, atWork, left].map(String)]),
  ]),
  progressLine(progress),
];

const shownTime = (seconds: number): string => {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
};
