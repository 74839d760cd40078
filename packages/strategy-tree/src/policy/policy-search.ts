import type { Ask, JournalView, Outcome, Random, Search } from "@aide-ts/plugin";
import { SolutionTree } from "../journal/solution-tree.ts";
import { Memory, type MemoryOption } from "./memory.ts";
import type { Policy, Step } from "./policy.ts";

/** A search that follows a policy and cites what its memory says. What was told is learnt with the next ask, which knows the task. */
export const searchBy = <S>(policy: Policy<S>, memory: MemoryOption): Search => new PolicySearch(policy, memory);

class PolicySearch<S> implements Search {
  readonly #policy: Policy<S>;
  readonly #tree: SolutionTree<S>;
  readonly #memory: Memory<S>;
  #told: Outcome[] = [];

  constructor(policy: Policy<S>, memory: MemoryOption) {
    this.#policy = policy;
    this.#tree = new SolutionTree(() => policy.own());
    this.#memory = new Memory(memory);
  }

  tell(outcome: Outcome): void {
    this.#told.push(outcome);
  }

  ask(view: JournalView, number: number, random: Random): Ask {
    for (const outcome of this.#told) this.#learn(view, outcome);
    this.#told = [];
    const choice = this.#policy.choose({ tree: this.#tree, view, number, random });
    return choice.kind === "step" ? this.#propose(choice) : choice;
  }

  #learn({ task }: JournalView, outcome: Outcome): void {
    const node = this.#tree.add(task, outcome);
    if (node !== undefined) this.#memory.learn(node);
    this.#policy.learn({ task, outcome, node });
  }

  #propose(step: Step<S>): Ask {
    const { operator, on, other, role } = step;
    const parents = [...(on.parent === undefined ? [] : [on.id]), ...(other === undefined ? [] : [other.id])];
    const memory = this.#memory.cite(step);
    const proposal = { operator, parents, memory, guidance: [] };
    return { kind: "propose", proposal: role === undefined ? proposal : { ...proposal, role } };
  }
}
