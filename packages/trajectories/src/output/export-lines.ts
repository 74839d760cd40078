import { nothingToExport } from "../errors.ts";
import { dpoPairs, type LeftOut } from "../dpo/pairs.ts";
import { sftExamples } from "../sft/examples.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";
import { LineFile } from "./line-file.ts";

/** What a file of lines got. */
export interface WrittenLines {
  readonly lines: number;
  readonly runs: number;
  /** Runs that gave no line. */
  readonly without: number;
  /** Pairs of answers that are none, by why. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
}

interface LinesOfRun {
  readonly lines: readonly unknown[];
  readonly leftOut?: ReadonlyMap<LeftOut, number>;
}

export const lineFormats = {
  sft: {
    what: "example",
    linesOf: (run: RecordedRun): LinesOfRun => ({ lines: sftExamples(run) }),
    noneBecause: "no model call led to a valid solution",
  },
  dpo: {
    what: "pair",
    linesOf: (run: RecordedRun): LinesOfRun => {
      const { pairs, leftOut } = dpoPairs(run);
      return { lines: pairs, leftOut };
    },
    noneBecause: "no prompt was answered twice for one parent with clearly different outcomes",
  },
} as const;

/** Why answers to one prompt make no pair, with how many there are of each. */
export const leftOutText = (leftOut: WrittenLines["leftOut"]): string =>
  Array.from(leftOut, ([why, count]) => `${count} ${leftOutWords[why]}`).join(", ");

const leftOutWords = {
  tie: "with the same outcome",
  "within-error": "within the standard error",
  incomparable: "without scores to compare",
  "not-verbatim": "where the better script is not the answer's own",
} as const;

/**
 * Writes a file with the lines that runs give, one run in memory at a time.
 * @throws AIDE_TRAJECTORY_NONE where there are none: no file is left then, nor after any other error
 */
export const exportLines = async (
  runs: AsyncIterable<RecordedRun>,
  format: keyof typeof lineFormats,
  path: string,
): Promise<WrittenLines> => {
  const { what, linesOf, noneBecause } = lineFormats[format];
  await using file = await LineFile.open(path);
  const counts = { lines: 0, runs: 0, without: 0 };
  const leftOut = new Map<LeftOut, number>();
  for await (const run of runs) {
    const made = linesOf(run);
    for (const line of made.lines) await file.append(line);
    counts.lines += made.lines.length;
    counts.runs++;
    if (made.lines.length === 0) counts.without++;
    for (const [why, count] of made.leftOut ?? []) leftOut.set(why, (leftOut.get(why) ?? 0) + count);
  }
  if (counts.lines === 0) throw nothingToExport(what, noneBecause, counts.runs, leftOutText(leftOut));
  await file.keep();
  return { ...counts, leftOut };
};
