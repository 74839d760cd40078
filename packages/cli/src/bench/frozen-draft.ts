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

/** One draft, and no more. */
export const oneDraft = (): Search => ({
  ask: (_view, number) =>
    number === 0 ? { kind: "propose", proposal: draftProposal } : { kind: "done", reason: "One draft is enough." },
  tell: () => undefined,
});
