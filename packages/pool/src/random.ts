import { definePlugin, type Search, type SolutionId } from "@aide-ts/plugin";
import { z } from "zod";

const options = z.strictObject({});

/**
 * The baseline of searches: a new draft, or the next step on any solution so far, each with probability 1/2; every solution is as likely, improved where
 * it is valid and repaired where it failed. An answer without code is no solution to go on with. Nothing is cited as memory.
 */
export const random = definePlugin({
  kind: "search",
  name: "random",
  summary: "A new draft or any solution so far, by chance: the baseline of searches.",
  options,
  create: () => createRandom(),
});

const createRandom = (): Search => {
  const told: { readonly id: SolutionId; readonly operator: "improve" | "debug" }[] = [];
  return {
    ask(_, __, draw) {
      const at = draw() < 0.5 ? undefined : told[Math.floor(draw() * told.length)];
      const [operator, parents] = at === undefined ? ["draft", []] : [at.operator, [at.id]];
      return { kind: "propose", proposal: { operator, parents, memory: [], guidance: [] } };
    },
    tell({ chosen }) {
      if (chosen === undefined || chosen.candidate.code === "") return;
      told.push({ id: chosen.id, operator: chosen.evaluation.valid ? "improve" : "debug" });
    },
  };
};
