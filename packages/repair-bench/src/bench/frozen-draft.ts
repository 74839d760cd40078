import type { Candidate, Proposal, Search, Solve } from "@aide-ts/plugin";

/** A coder whose first script is the frozen one; whoever asks again gets one of the real coder. */
export const frozenFirst = (draft: Candidate, coder: Solve): Solve => {
  let isGiven = false;
  return (proposal, work) => {
    if (isGiven) return coder(proposal, work);
    isGiven = true;
    return Promise.resolve(draft);
  };
};

const draftProposal: Proposal = { operator: "draft", parents: [], memory: [], guidance: [] };

/** Nothing but drafts; how many, the limits say. */
export const drafting = (): Search => ({
  ask: () => ({ kind: "propose", proposal: draftProposal }),
  tell: () => undefined,
});
