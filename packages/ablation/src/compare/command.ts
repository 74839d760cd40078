import { alignedTable, counted } from "@aide-ts/run/report";
import { notComparable } from "../errors.ts";
import { shownNumber, shownPercent } from "../report/numbers.ts";
import { outcomeText } from "../report/words.ts";
import { compareGroups, type Compared, type Difference } from "./compare.ts";
import { readGroups } from "./groups.ts";

/** What the command may know of the process that runs it. */
interface Shell {
  readonly cwd: string;
  readonly out: (text: string) => void;
}

/**
 * `aide compare`: any runs beside any others.
 * @throws AIDE_COMPARE_GROUPS; AIDE_ABLATION_MISMATCH where they were not made alike; what reading runs throws
 */
export const compareRuns = async (
  shell: Shell,
  { allowMismatch = false }: { readonly allowMismatch: boolean | undefined },
  ...words: readonly string[]
): Promise<number> => {
  const compared = compareGroups(await readGroups(words, shell.cwd));
  if (compared.mismatches.length > 0 && !allowMismatch) throw notComparable(compared.mismatches);
  for (const line of renderCompared(compared)) shell.out(line);
  return 0;
};

export const renderCompared = ({ outcome, groups, tasks, differences, mismatches }: Compared): readonly string[] => [
  ...mismatches.map((mismatch) => `Not made alike: ${mismatch}.`),
  `${outcomeText[outcome]}${outcome === "search-score" ? "; `aide grade` grades runs of tasks with report labels" : ""}`,
  "",
  ...alignedTable([
    ["runs of", "score", "valid", "valid steps", "tokens", "made"],
    ...groups.map(({ arm, score, valid, validSteps, tokens, made }) => [
      arm,
      shown(score),
      shownPercent(valid),
      shownPercent(validSteps),
      Math.round(tokens).toLocaleString("en"),
      counted(made, "run"),
    ]),
  ]),
  "",
  ...alignedTable([
    ["task", ...groups.map(({ arm }) => arm)],
    ...tasks.map(({ name, scores }) => [name, ...scores.map(shown)]),
  ]),
  "",
  ...differences.map((difference) => `${difference.group} − ${groups[0]?.arm ?? ""}: ${differenceText(difference)}`),
  "Nothing was declared before these runs, so nothing is tested: to claim a difference, run an ablation.",
];

const shown = (score: number | undefined): string => (score === undefined ? "none" : shownNumber(score));

const differenceText = ({ estimate, error, pairs, tasks }: Difference): string => {
  if (estimate === undefined) return "no task in common";
  const of = pairs > 0 ? `${counted(pairs, "pair")} of one task and seed` : "no seed in common";
  return `${shownNumber(estimate)}${error === undefined ? "" : ` ± ${shownNumber(error)}`} (${counted(tasks, "task")}, ${of})`;
};
