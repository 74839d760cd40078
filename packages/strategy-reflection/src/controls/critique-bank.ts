import { readFileSync } from "node:fs";
import type { Random, Solution } from "@aide-ts/plugin";
import { z } from "zod";

/** A critique that was really made, of a script that failed on some task. */
export const bankEntry = z.strictObject({
  task: z.string().min(1).describe("The goal of the task."),
  failure: z.string().min(1).describe("The Python exception, or the cause where there was none, as `no-submission`."),
  critique: z.string().min(1),
});

export type BankEntry = z.output<typeof bankEntry>;

/** The frozen bank that comes with this package: critiques by Qwen2.5-Coder-1.5B-Instruct (Q4_K_M) of its own drafts in the repair benchmark. */
export const frozenBank = (): readonly BankEntry[] =>
  z.array(bankEntry).parse(JSON.parse(readFileSync(new URL("../../data/critiques.json", import.meta.url), "utf8")));

/** How a solution failed, in the bank's words. */
export const failureName = ({ evaluation, execution }: Pick<Solution, "evaluation" | "execution">): string =>
  execution?.exception?.type ?? (evaluation.valid ? "none" : evaluation.cause);

export interface Drawn {
  readonly entry: BankEntry;
  /** Whether the critique is of the same kind of failure; where the bank has none, of any. */
  readonly sameFailure: boolean;
}

/** A critique of another task, of the same kind of failure where the bank has one; `undefined` where it has nothing from other tasks. */
export const drawFrom = (
  bank: readonly BankEntry[],
  { task, failure }: Pick<BankEntry, "task" | "failure">,
  random: Random,
): Drawn | undefined => {
  const foreign = bank.filter((entry) => entry.task.trim() !== task.trim());
  const alike = foreign.filter((entry) => entry.failure === failure);
  const pool = alike.length === 0 ? foreign : alike;
  const entry = pool[Math.floor(random() * pool.length)];
  return entry === undefined ? undefined : { entry, sameFailure: alike.length > 0 };
};
