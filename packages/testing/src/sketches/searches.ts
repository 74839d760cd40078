import type { Outcome, Proposal, Search, SolutionId } from "@aide-ts/plugin";

const propose = (operator: Proposal["operator"], parents: readonly SolutionId[] = []): ReturnType<Search["ask"]> => ({
  kind: "propose",
  proposal: { operator, parents, memory: [], guidance: [] },
});

/** Drafts, then works on a random solution that was told. */
export const sketchRandomSearch = (drafts = 3): Search => {
  const told: { id: SolutionId; valid: boolean }[] = [];
  return {
    ask(view, number, random) {
      const pick = told[Math.floor(random() * told.length)];
      if (number < drafts || pick === undefined) return propose("draft");
      return propose(pick.valid ? "improve" : "debug", [pick.id]);
    },
    tell: ({ chosen }) => void (chosen !== undefined && told.push({ id: chosen.id, valid: chosen.evaluation.valid })),
  };
};

/** Waits while a draft is under way, so that `wait` is exercised; every second proposal is an improvement. */
export const sketchWaitingSearch = (): Search => {
  let last: SolutionId | undefined;
  return {
    ask(view, number) {
      if (view.pending.length > 1) return { kind: "wait" };
      return number % 2 === 1 && last !== undefined ? propose("improve", [last]) : propose("draft");
    },
    tell: ({ chosen }) => void (chosen !== undefined && (last = chosen.id)),
  };
};

interface Arm {
  readonly id: SolutionId;
  readonly up: Arm | undefined;
  readonly down: Arm[];
  visits: number;
  reward: number;
}

/** UCT with virtual loss that is released by number, for cut outcomes too. */
export const sketchUct = (exploration = 1.4, children = 3): Search => {
  const root: Arm = { id: "", up: undefined, down: [], visits: 0, reward: 0 };
  const open = new Map<number, Arm>();
  const lineage = (arm: Arm | undefined): Arm[] => (arm === undefined ? [] : [arm, ...lineage(arm.up)]);
  const value = (arm: Arm): number =>
    arm.visits === 0
      ? Number.POSITIVE_INFINITY
      : arm.reward / arm.visits + exploration * Math.sqrt(Math.log(Math.max(1, arm.up?.visits ?? 1)) / arm.visits);
  return {
    ask(view, number) {
      let arm = root;
      while (arm.down.length >= children) arm = arm.down.reduce((a, b) => (value(b) > value(a) ? b : a));
      if (arm.down.length + [...open.values()].filter((one) => one === arm).length >= children) return { kind: "wait" };
      open.set(number, arm);
      for (const one of lineage(arm)) one.visits++;
      return arm === root
        ? propose("draft")
        : propose(view.solution(arm.id)?.evaluation.valid === true ? "improve" : "debug", [arm.id]);
    },
    tell({ number, chosen }: Outcome) {
      const arm = open.get(number);
      open.delete(number);
      for (const one of lineage(arm)) one.visits--;
      if (arm === undefined || chosen === undefined) return;
      const child: Arm = { id: chosen.id, up: arm, down: [], visits: 0, reward: 0 };
      arm.down.push(child);
      for (const one of lineage(child)) {
        one.visits++;
        one.reward += chosen.evaluation.valid ? 1 : 0;
      }
    },
  };
};

export const sketchSearches: Readonly<Record<string, () => Search>> = {
  random: () => sketchRandomSearch(),
  waiting: () => sketchWaitingSearch(),
  uct: () => sketchUct(),
};
