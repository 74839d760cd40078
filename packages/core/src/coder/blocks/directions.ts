import { isBetter, type JournalView, type Random, type Solution } from "@aide-ts/plugin";

/** One way to rewrite one function of a script. */
export interface Direction {
  /** What a plan calls it, as `add_features, ratios`. */
  readonly title: string;
  /** The function to write anew. */
  readonly function: string;
  readonly text: string;
  /** How the function begins behind its docstring, with slots; empty for nothing. */
  readonly begins: string;
}

/**
 * The items of a Markdown list: a function between backticks, a short name, what is asked for, and, last and between backticks, how the function begins. One
 * behind a word and a colon is only for what the word names: targets of a kind, as `regression:`, or a metric, as `mae:`.
 */
export const readBlockDirections = (markdown: string, words: readonly string[]): readonly Direction[] =>
  [...markdown.matchAll(/^- (?:(\w+): )?`(\w+)`, ([^:]+): (.+?)(?: `((?:return |\{\{)[^`]*)`)?$/gm)].flatMap(
    ([, only, name = "", title = "", text = "", begins = ""]) =>
      only === undefined || words.includes(only) ? [{ title: `${name}, ${title}`, function: name, text, begins }] : [],
  );

/**
 * Draws a direction by Thompson sampling (Thompson 1933): each has a share of successes, Beta(1, 1) before the first try, and the one with the greatest
 * share of those drawn is taken. A success is a solution that is better than the one it was made from.
 */
export const drawDirection = (
  directions: readonly Direction[],
  journal: JournalView,
  random: Random,
): Direction | undefined => {
  const tries = triesOf(journal);
  const drawn = directions.map((direction) => {
    const { successes, failures } = tries.get(direction.title) ?? { successes: 0, failures: 0 };
    return { direction, share: betaSample(successes + 1, failures + 1, random) };
  });
  return drawn.reduce<(typeof drawn)[number] | undefined>(
    (best, one) => (best === undefined || one.share > best.share ? one : best),
    undefined,
  )?.direction;
};

interface Tries {
  readonly successes: number;
  readonly failures: number;
}

const triesOf = (journal: JournalView): ReadonlyMap<string, Tries> => {
  const tries = new Map<string, Tries>();
  for (const solution of journal.outcomes.flatMap(({ solutions }) => solutions)) {
    const parent = journal.solution(solution.parents[0] ?? "");
    if (parent?.evaluation.valid !== true) continue;
    const { successes, failures } = tries.get(titleOf(solution)) ?? { successes: 0, failures: 0 };
    const won = isBetter(journal.task, solution, parent) ? 1 : 0;
    tries.set(titleOf(solution), { successes: successes + won, failures: failures + 1 - won });
  }
  return tries;
};

/** A plan begins with the direction's name. */
const titleOf = ({ candidate }: Solution): string => candidate.plan.split("\n", 1)[0] ?? "";

/** Of whole parameters: the `a`-th smallest of `a + b - 1` uniform numbers has this distribution. */
const betaSample = (a: number, b: number, random: Random): number =>
  Array.from({ length: a + b - 1 }, random).toSorted((x, y) => x - y)[a - 1] ?? 0;
