import { fewestTasks, simulate, type Contrast, type Design, type Simulated } from "@aide-ts/statistics";
import { looksOf } from "../analysis/looks.ts";
import type { Plan } from "../plan/plan.ts";

/** What a design finds, by simulation of the very analysis that its report makes. */
export interface Power {
  /** Nothing is claimed of tasks like these below this number of tasks. */
  readonly neededTasks: number;
  /** How often each contrast is shown where the effect that matters is there; nothing with too few tasks. */
  readonly ofEffect: readonly { readonly contrast: string; readonly power: number }[];
  /** The least difference that is shown in 80 %, of the contrast that needs the largest. */
  readonly detectable: number | undefined;
  /** Mean share of the cells that are made before it stops, where the effect is there. */
  readonly cells: number;
}

/** A power is off by 0.7 points or less, two times of three. */
const tablesOfEffect = 5000;
/** Of each of a dozen differences, until one is found. */
const tablesOfSearch = 2000;
const seed = 1;

export const powerOf = (plan: Plan): Power => {
  const { contrasts, alpha, power } = plan;
  const neededTasks = fewestTasks(contrasts.length, alpha);
  if (plan.tasks.length < neededTasks) return { neededTasks, ofEffect: [], detectable: undefined, cells: 1 };
  const design = designOf(plan);
  const foundOf = (contrast: Contrast, at: number) => {
    const { shown, cells } = simulated(design, plan, contrast, power.effect, tablesOfEffect);
    return { power: shown[at] ?? 0, cells };
  };
  const known = new Map<string, { readonly power: number; readonly cells: number }>();
  const ofEffect = contrasts.map((contrast, at) => {
    const role = roleOf(contrast, contrasts);
    const found = known.get(role) ?? foundOf(contrast, at);
    known.set(role, found);
    return { contrast, at, ...found };
  });
  const [hardest] = ofEffect.toSorted((a, b) => a.power - b.power);
  return {
    neededTasks,
    ofEffect: ofEffect.map(({ contrast, power: found }) => ({ contrast: contrast.name, power: found })),
    detectable: hardest && detectableOf(design, plan, hardest.contrast, hardest.at),
    cells: ofEffect.reduce((sum, one) => sum + one.cells, 0) / ofEffect.length,
  };
};

const designOf = (plan: Plan): Design => {
  const { tasks, seeds, arms, contrasts, alpha, power, sequential } = plan;
  const looked = looksOf(plan)?.(seeds.length);
  return {
    tasks: tasks.length,
    arms: arms.length,
    seeds: seeds.length,
    contrasts,
    alpha,
    sequential: looked &&
      sequential && {
        testFor: looked.testFor,
        looks: looked.seeds,
        effect: power.effect,
        futility: sequential.futility,
      },
  };
};

/** Contrasts with the same coefficients that lie alike among the others are shown alike: one of them is simulated. */
const roleOf = (contrast: Contrast, all: readonly Contrast[]): string => {
  const { coefficients } = contrast;
  const positive = coefficients.map((one) => Math.max(0, one));
  const among = all.map((other) =>
    [dot(positive, other.coefficients), dot(coefficients, other.coefficients)].map((one) => one.toFixed(9)).join(),
  );
  return [coefficients.toSorted((a, b) => a - b).join(), ...among.toSorted()].join("\n");
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);

/** The effect is in one contrast alone: its arms with a positive coefficient are better by so much that it has this value. */
const simulated = (
  design: Design,
  { power }: Plan,
  { coefficients }: Contrast,
  effect: number,
  tables: number,
): Simulated => {
  const positive = coefficients.reduce((sum, one) => sum + Math.max(0, one), 0);
  const merits = coefficients.map((one) => (one > 0 ? effect / positive : 0));
  return simulate(design, merits, power, { tables, seed });
};

const detectableOf = (design: Design, plan: Plan, contrast: Contrast, at: number): number => {
  let [low, high] = [0, 1];
  while (high - low > 0.005) {
    const middle = (low + high) / 2;
    if ((simulated(design, plan, contrast, middle, tablesOfSearch).shown[at] ?? 0) >= 0.8) high = middle;
    else low = middle;
  }
  return high;
};
