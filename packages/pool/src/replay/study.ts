import { setImmediate } from "node:timers/promises";
import { replay, type Replayed, type ReplaySettings, type Standing } from "./replay.ts";

export interface StudySettings extends Omit<ReplaySettings, "seed" | "steps"> {
  /** Numbers of steps after which the regret is looked at. */
  readonly steps: readonly number[];
  /** Runs, of seeds `seed`, `seed` + 1, … */
  readonly seeds: number;
  readonly seed?: number;
}

export interface StudyPoint {
  readonly steps: number;
  /** Mean of the simple regret over seeds. */
  readonly regret: number;
  /** Standard error of that mean; NaN for one seed. */
  readonly error: number;
  /** Share of the runs that have no valid solution yet. */
  readonly without: number;
}

export interface Study {
  readonly points: readonly StudyPoint[];
  /** Means over seeds, of whole runs. */
  readonly executions: number;
  readonly tokens: number;
  readonly seconds: number;
}

/**
 * Replays one search on one landscape with many seeds. Searches that are given the same seeds meet the same first draft.
 * @throws what `replay` throws
 */
export const study = async ({ steps, seeds, seed = 0, ...settings }: StudySettings): Promise<Study> => {
  const runs: Run[] = [];
  for (let at = 0; at < seeds; at++) {
    const { standings, executions, tokens, seconds } = await replay({
      ...settings,
      steps: Math.max(...steps),
      seed: seed + at,
    });
    runs.push({ executions, tokens, seconds, standings: steps.flatMap((after) => standings[after - 1] ?? []) });
    // A replay waits for nothing, and would keep a signal from being heard.
    await setImmediate();
  }
  const points = steps.map((after, place) => {
    const standings = runs.flatMap((run) => run.standings[place] ?? []);
    const regrets = standings.map(({ regret }) => regret);
    return {
      steps: after,
      regret: mean(regrets),
      error: standardError(regrets),
      without: mean(standings.map(({ worth }) => (worth === undefined ? 1 : 0))),
    };
  });
  return {
    points,
    executions: mean(runs.map(({ executions }) => executions)),
    tokens: mean(runs.map(({ tokens }) => tokens)),
    seconds: mean(runs.map(({ seconds }) => seconds)),
  };
};

/** What is kept of a replay. */
type Run = Pick<Replayed, "executions" | "tokens" | "seconds"> & { readonly standings: readonly Standing[] };

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const standardError = (values: readonly number[]): number => {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
};
