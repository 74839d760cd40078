import {
  isBetter,
  succeeded,
  type Candidate,
  type Proposal,
  type Solution,
  type Solve,
  type Task,
  type Work,
} from "@aide-ts/plugin";

/** `count` candidates of the next one, side by side: the prompt is the same, so that servers have it in their prefix cache. */
export const candidates = async (
  count: number,
  next: Solve,
  proposal: Proposal,
  work: Work,
): Promise<readonly Candidate[]> => succeeded(await work.fanOut(count, (branch) => next(proposal, branch)));

/** As `candidates`, each run and scored. */
export const solutions = async (
  count: number,
  next: Solve,
  proposal: Proposal,
  work: Work,
): Promise<readonly Solution[]> =>
  succeeded(await work.fanOut(count, async (branch) => branch.evaluate(await next(proposal, branch))));

/** The best of them, of equals the first. */
export const bestOf = (task: Task, made: readonly Solution[]): Solution | undefined =>
  made.reduce<Solution | undefined>(
    (best, one) => (best === undefined || isBetter(task, one, best) ? one : best),
    undefined,
  );
