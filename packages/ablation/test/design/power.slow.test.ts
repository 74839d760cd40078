import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawScores, drawsFrom, tasksLikeThese } from "@aide-ts/statistics";
import { expect, it } from "vitest";
import { powerOf, readPlan } from "../../src/index.ts";

const configs = fileURLToPath(new URL("../../../../configs/ablations/", import.meta.url));
const tables = 5000;

it.each(["gpu.yaml", "search.yaml", "composition.yaml", "thesis.yaml"])(
  "the power of %s is that of the test which its report makes, to 2 points",
  { timeout: 240_000 },
  async (name) => {
    const plan = await readPlan(join(configs, name));
    const { contrasts, tasks, seeds, power, alpha } = plan;
    const { ofEffect } = powerOf(plan);
    for (const at of [0, contrasts.length - 1]) {
      const { coefficients = [] } = contrasts[at] ?? {};
      const positive = coefficients.reduce((sum, one) => sum + Math.max(0, one), 0);
      const merits = coefficients.map((one) => (one > 0 ? power.effect / positive : 0));
      const draws = drawsFrom(1900 + at);
      let shown = 0;
      for (let table = 0; table < tables; table += 1) {
        const scores = drawScores({ tasks: tasks.length, seeds: seeds.length }, merits, power, draws);
        const claim = tasksLikeThese(scores, contrasts, { alpha })[at];
        if (claim?.kind === "tested" && claim.adjustedP <= alpha) shown += 1;
      }
      expect(Math.abs(shown / tables - (ofEffect[at]?.power ?? 0)), contrasts[at]?.name).toBeLessThanOrEqual(0.02);
    }
  },
);
