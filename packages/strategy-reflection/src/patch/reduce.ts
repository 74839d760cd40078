import { ddmin } from "./ddmin.ts";
import { apply, changedLines, diff, type Diff } from "./diff.ts";
import { alignedPieces, linesOf } from "./pieces.ts";
import { isHalted, Trials, type Halt, type Halted } from "./trials.ts";
import type { Test } from "./verdict.ts";

/** `executions` counts the calls of the test. */
export type Reduction =
  /**
   * No hunk and no single changed line can be left out: the text would not pass. Of `needed` lines the removal was seen to bring the same
   * failure back, of `unresolved` ones it did something else.
   */
  | {
      readonly kind: "minimal";
      readonly text: string;
      readonly executions: number;
      readonly needed: number;
      readonly unresolved: number;
    }
  /** It passes, three times out of three, and it may not be the smallest that does. */
  | {
      readonly kind: "not-proved-minimal";
      readonly text: string;
      readonly executions: number;
      readonly why: Halt | "flaky";
    }
  /** The full edit stands. */
  | {
      readonly kind: "full";
      readonly text: string;
      readonly executions: number;
      readonly why: "no-op" | "edit-does-not-pass" | "original-does-not-fail" | "not-verified" | Halt;
    };

/** Runs that a result must pass. */
const verifyingRuns = 3;

/**
 * A smallest part of an edit that still passes: delta debugging over hunks, then pieces of hunks, then single changed lines, again until none of them
 * can go. Only "same-failure" counts as failing: an original that does anything else gives nothing to isolate. The result is run three times, and
 * what keeps it minimal once more; a text with two verdicts makes the whole flaky. Minimal is a claim about tests that always answer alike.
 * @param edit.executions most calls of the test; three of them are kept for the result.
 * @param edit.signal stops before the next call. What the test throws passes through.
 */
export const reduce = async (edit: {
  readonly original: string;
  readonly edited: string;
  readonly test: Test;
  readonly executions: number;
  readonly signal?: AbortSignal;
}): Promise<Reduction> => {
  const { original, edited } = edit;
  const trials = new Trials(edit.test, edit.executions, edit.signal);
  const full = (why: (Reduction & { kind: "full" })["why"]): Reduction => ({
    kind: "full",
    text: edited,
    executions: trials.executions,
    why,
  });
  if (original === edited) return full("no-op");
  const first = await trials.ask(edited, verifyingRuns);
  if (isHalted(first)) return full(first.halt);
  if (first !== "pass") return full("edit-does-not-pass");
  const failing = await trials.ask(original, verifyingRuns);
  if (isHalted(failing)) return full(failing.halt);
  if (failing !== "same-failure") return full("original-does-not-fail");

  const { text, halt } = await smallest(original, edited, trials);
  const verified = await verify(text, trials);
  if (verified === false) return full("not-verified");
  if (verified !== true) return full(verified.halt);
  const frontier = halt === undefined ? await proveMinimal(original, text, trials) : { halt };
  const { executions } = trials;
  if (trials.flaky) return { kind: "not-proved-minimal", text, executions, why: "flaky" };
  if ("halt" in frontier) return { kind: "not-proved-minimal", text, executions, why: frontier.halt };
  return { kind: "minimal", text, executions, ...frontier };
};

interface Smaller {
  readonly text: string;
  readonly halt?: Halt;
}

const levels: readonly ((original: string, edited: string) => Diff)[] = [
  diff,
  alignedPieces,
  (original, edited) => linesOf(diff(original, edited)),
];

/** Ends: each round but the last leaves fewer changed lines. */
const smallest = async (original: string, edited: string, trials: Trials): Promise<Smaller> => {
  let text = edited;
  for (;;) {
    const before = text;
    for (const level of levels) {
      const minimised = await ddmin(level(original, text), async (part) => {
        const verdict = await trials.ask(apply(part, original), verifyingRuns);
        return isHalted(verdict) ? verdict : verdict === "pass";
      });
      const smaller = apply(minimised.items, original);
      // Pieces are not the fewest changed lines: fewer of them may be more of those.
      if (changedLines(diff(original, smaller)) < changedLines(diff(original, text))) text = smaller;
      if (minimised.halt !== undefined) return { text, halt: minimised.halt };
    }
    if (text === before) return { text };
  }
};

const verify = async (text: string, trials: Trials): Promise<boolean | Halted> => {
  for (let run = 1; run <= verifyingRuns; run++) {
    const verdict = await trials.again(text, 0);
    if (isHalted(verdict)) return verdict;
    if (verdict !== "pass") return false;
  }
  return true;
};

/** Runs once more every text that lacks one changed line: a flaky test shows here. */
const proveMinimal = async (
  original: string,
  text: string,
  trials: Trials,
): Promise<{ readonly needed: number; readonly unresolved: number } | Halted> => {
  const lines = linesOf(diff(original, text));
  let [needed, unresolved] = [0, 0];
  for (const line of lines) {
    const verdict = await trials.again(
      apply(
        lines.filter((other) => other !== line),
        original,
      ),
      0,
    );
    if (isHalted(verdict)) return verdict;
    if (verdict === "same-failure") needed++;
    else unresolved++;
  }
  return { needed, unresolved };
};
