import { definePlugin, type Proposal, type Solution, type Solve, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { bestOf, solutions } from "../sampling.ts";
import { medoid, predictionsOf } from "./predictions.ts";

const options = z.strictObject({
  samples: z.int().min(1).max(64).default(3).describe("Scripts for one proposal."),
  select: z
    .enum(["agreement", "first-success", "best-score"])
    .default("agreement")
    .describe(
      "`agreement`: the one whose submitted predictions lie nearest to all others'. `first-success`: one after the other until one is valid. `best-score`: by search score.",
    ),
});

type Options = z.output<typeof options>;

/**
 * Self-consistency (Wang et al. 2022, arXiv 2203.11171) for scripts: several are written for one proposal, and what they submit is compared, not
 * their text. Where no two are valid there is nothing to agree on, and the first valid one is taken, else the first.
 */
export const selfConsistency = definePlugin({
  kind: "strategy",
  name: "self-consistency",
  summary: "Several scripts, of which the one that most agree with is kept.",
  options,
  needs: () => [],
  shape: ({ samples, select }) => ({ generations: [0, 0], next: [select === "first-success" ? 1 : samples, samples] }),
  create:
    ({ samples, select }) =>
    (next) =>
    async (proposal, work) => {
      const made =
        select === "first-success"
          ? await untilValid(samples, next, proposal, work)
          : await solutions(samples, next, proposal, work);
      const valid = made.filter(({ evaluation }) => evaluation.valid);
      const chosen = (await choose(select, valid, work)) ?? valid[0] ?? made[0];
      if (chosen === undefined) return { plan: "", code: "", defect: "no-code" };
      work.note({ samples: made.length, valid: valid.length, chosen: made.indexOf(chosen) });
      return chosen.candidate;
    },
});

const untilValid = async (
  samples: number,
  next: Solve,
  proposal: Proposal,
  work: Work,
): Promise<readonly Solution[]> => {
  const made: Solution[] = [];
  while (made.length < samples && made.at(-1)?.evaluation.valid !== true)
    made.push(await work.evaluate(await next(proposal, work)));
  return made;
};

const choose = async (
  select: Options["select"],
  valid: readonly Solution[],
  work: Work,
): Promise<Solution | undefined> => {
  if (select === "first-success") return valid[0];
  if (select === "best-score") return bestOf(work.task, valid);
  const read = await Promise.all(
    valid.map(async (solution) => ({ solution, predictions: await predictionsOf(solution, work) })),
  );
  const readable = read.flatMap(({ solution, predictions }) =>
    predictions === undefined ? [] : [{ solution, predictions }],
  );
  const nearest = medoid(readable.map(({ predictions }) => predictions));
  return nearest === undefined ? undefined : readable[nearest]?.solution;
};
