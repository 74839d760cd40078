import type { Proposal, Search } from "@aide-ts/plugin";

/** So many drafts, and then improvements of the solution with the number that `on` gives. */
export const improvements = (drafts = 1, on: (number: number) => number = () => 0): Search => ({
  ask: (view, number) => {
    const ids = view.outcomes.map(({ solutions }) => solutions[0]?.id ?? "");
    const proposal: Proposal = {
      operator: number < drafts ? "draft" : "improve",
      parents: number < drafts ? [] : [ids[on(number)] ?? ""],
      memory: [],
      guidance: [],
    };
    return { kind: "propose", proposal };
  },
  tell: () => undefined,
});
