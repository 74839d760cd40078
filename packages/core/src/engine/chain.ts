import type { Candidate, Proposal, Solve, Strategy, Work } from "@aide-ts/plugin";
import { BranchWork } from "./work.ts";
import { workCopied } from "../errors/engine.ts";

export interface NamedStrategy {
  readonly name: string;
  readonly strategy: Strategy;
}

/** The strategies around the coder, outermost first; each is given the work under its own name. */
export const chain = (
  strategies: readonly NamedStrategy[],
  coder: Solve,
): ((proposal: Proposal, work: BranchWork) => Promise<Candidate>) =>
  strategies.reduceRight<Solve>((next, { name, strategy }) => named(name, strategy(next)), named("coder", coder));

const named =
  (name: string, solve: Solve): Solve =>
  async (proposal, work) => {
    const own = given(name, work);
    return own.asking(name, () => solve(proposal, own));
  };

const given = (name: string, work: Work): BranchWork => {
  if (BranchWork.is(work)) return work.named(name);
  throw workCopied(name);
};
