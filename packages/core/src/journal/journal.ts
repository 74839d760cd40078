import { isBetter, type JournalView, type Outcome, type Proposal, type Solution, type Task } from "@aide-ts/plugin";

/** The tree of a run's solutions, in the order in which outcomes were told to the search. */
export class Journal {
  readonly task: Task;
  readonly #outcomes: Outcome[] = [];
  readonly #pending = new Map<number, Proposal>();
  readonly #solutions = new Map<string, { readonly solution: Solution; readonly told: number }>();
  #best: Solution | undefined;

  constructor(task: Task) {
    this.task = task;
  }

  get outcomes(): readonly Outcome[] {
    return this.#outcomes;
  }

  get solutions(): readonly Solution[] {
    return [...this.#solutions.values()].map(({ solution }) => solution);
  }

  /** The best chosen solution that is valid; of several equally good ones the first. */
  get best(): Solution | undefined {
    return this.#best;
  }

  open(number: number, proposal: Proposal): void {
    this.#pending.set(number, proposal);
  }

  close(outcome: Outcome): void {
    this.#pending.delete(outcome.number);
    const told = this.#outcomes.push(outcome);
    for (const solution of outcome.solutions) this.#solutions.set(solution.id, { solution, told });
    const { chosen } = outcome;
    if (chosen?.evaluation.valid === true && (this.#best === undefined || isBetter(this.task, chosen, this.#best)))
      this.#best = chosen;
  }

  /** The journal as it is now: what comes later does not show in it. */
  view(): JournalView {
    const length = this.#outcomes.length;
    const outcomes = this.#outcomes;
    const solutions = this.#solutions;
    return {
      task: this.task,
      get outcomes() {
        return outcomes.length === length ? outcomes : outcomes.slice(0, length);
      },
      pending: [...this.#pending].map(([number, proposal]) => ({ number, proposal })),
      solution: (id) => {
        const known = solutions.get(id);
        return known !== undefined && known.told <= length ? known.solution : undefined;
      },
    };
  }
}
