import type { Journal } from "@aide-ts/core";
import { spearman } from "@aide-ts/evaluation";
import type { Outcome, Solution } from "@aide-ts/plugin";
import { z } from "zod";

const note = z.object({ picked: z.number() });

/** Of fewer a correlation says nothing. */
const fewest = 5;

/**
 * Whether what `successive-halving` found on a sample agrees with what the run then found on rows that it holds back: the rank correlation of both gains over
 * the solution that was improved. `undefined` where nothing was compared.
 */
export const sampledLine = ({
  task,
  outcomes,
  solutions,
}: Pick<Journal, "task" | "outcomes" | "solutions">): string | undefined => {
  const known = new Map(solutions.map((one) => [one.id, one]));
  const gains = outcomes.flatMap((outcome) => gainsOf(outcome, known));
  if (gains.length === 0) return undefined;
  const made = `${gains.length} improvement${gains.length === 1 ? " was" : "s were"} chosen on a sample`;
  if (gains.length < fewest) return made;
  const sign = task.direction === "maximize" ? 1 : -1;
  const correlation = spearman(
    gains.map(({ sampled }) => sampled),
    gains.map(({ run }) => sign * run),
  );
  const agrees = Number.isNaN(correlation) ? "always the same" : correlation.toFixed(2);
  return `${made}; rank correlation of their gains there and on rows that the run holds back: ${agrees}`;
};

const gainsOf = ({ notes, chosen }: Outcome, known: ReadonlyMap<string, Solution>) => {
  const sampled = (notes["successive-halving"] ?? []).flatMap((one) => note.safeParse(one).data?.picked ?? []).at(-1);
  const parent = known.get(chosen?.parents[0] ?? "");
  if (sampled === undefined || chosen?.evaluation.valid !== true || parent?.evaluation.valid !== true) return [];
  return [{ sampled, run: chosen.evaluation.score.value - parent.evaluation.score.value }];
};
