import { succeeded, type Candidate, type Proposal, type Solve, type Work } from "@aide-ts/plugin";

/** So many for one proposal, without those that failed. */
export const severalOf = async (
  n: number,
  next: Solve,
  proposal: Proposal,
  work: Work,
): Promise<readonly Candidate[]> => succeeded(await work.fanOut(n, (branch) => next(proposal, branch)));

/** Those with code, each program once; where none has code, the first. */
export const different = (made: readonly Candidate[]): readonly Candidate[] => {
  const written = new Map<string, Candidate>();
  for (const candidate of made)
    if (candidate.code !== "" && !written.has(candidate.code)) written.set(candidate.code, candidate);
  return written.size === 0 ? made.slice(0, 1) : [...written.values()];
};

export const noCandidate: Candidate = { plan: "", code: "", defect: "no-code" };
