import type { Executor } from "@aide-ts/plugin";
import type { Task } from "@aide-ts/tasks";
import { openGrader, type OpenGrader } from "./open-grader.ts";

interface Places {
  readonly find: (name: string) => Promise<Task>;
  /** What a task's own grader is run by; made only for such a task. */
  readonly executor: () => Promise<Pick<Executor, "start"> & AsyncDisposable>;
  readonly signal: AbortSignal;
}

/** Tasks with their labels, and what grades them: each is opened once. */
export class Graders implements AsyncDisposable {
  readonly #places: Places;
  readonly #open = new Map<string, OpenGrader>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** @throws what finding a task, reading its labels and loading its grader throw */
  async of(name: string): Promise<Pick<OpenGrader, "labels" | "grade">> {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const { find, executor, signal } = this.#places;
    const opened = await openGrader(await find(name), executor, signal);
    this.#open.set(name, opened);
    return opened;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#open.values()) await one[Symbol.asyncDispose]();
  }
}
