import { chooseAfresh, tiedWithBest, type FreshChoice } from "@aide-ts/evaluation";
import type { EvaluatorHost, Execution, Script, Solution } from "@aide-ts/plugin";
import type { RunServices } from "../compose/services.ts";
import type { PreparedTask } from "../task/prepared-task.ts";
import type { RunRequest } from "./request.ts";

export interface Afresh {
  /** The best solution, and those within its noise. */
  tied(solutions: readonly Solution[]): Promise<readonly Solution[]>;
  choose(candidates: readonly { readonly name: string; readonly code: string }[]): Promise<FreshChoice>;
}

/** A choice on parts of the rows that the search does not know; `undefined` where there are none. */
export const afreshOf = (
  host: EvaluatorHost,
  { data }: PreparedTask,
  { executor }: Pick<RunServices, "executor">,
  { signal, notify }: Pick<RunRequest, "signal" | "notify">,
): Afresh | undefined => {
  const fresh = data?.fresh ?? [];
  if (fresh.length === 0) return undefined;
  const runs = {
    execute: (script: Script) => executor.execute(script, { signal }),
    read: (execution: Execution, path: string) => executor.read(execution, path),
  };
  return {
    tied: (solutions) => tiedWithBest(solutions, host),
    choose: (candidates) => {
      notify(`choice   ${candidates.length} of the best are scored on ${fresh.length} other parts of the rows`);
      return chooseAfresh(candidates, fresh, host, runs);
    },
  };
};
