import type { Test, Verdict } from "./verdict.ts";

/** Why no further trial is made. */
export type Halt = "budget" | "interrupted";

/** Runs of a test within a budget; a text that was tried is not tried again unless that is asked for. */
export class Trials {
  readonly #test: Test;
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  readonly #known = new Map<string, Verdict>();
  #executions = 0;
  #flaky = false;

  constructor(test: Test, limit: number, signal: AbortSignal | undefined) {
    this.#test = test;
    this.#limit = limit;
    this.#signal = signal;
  }

  get executions(): number {
    return this.#executions;
  }

  /** Whether one text was given two verdicts. */
  get flaky(): boolean {
    return this.#flaky;
  }

  /** @param spare executions that must be left for later. */
  async ask(text: string, spare: number): Promise<Verdict | Halted> {
    return this.#known.get(text) ?? (await this.again(text, spare));
  }

  async again(text: string, spare: number): Promise<Verdict | Halted> {
    if (this.#signal?.aborted === true) return { halt: "interrupted" };
    if (this.#executions + spare >= this.#limit) return { halt: "budget" };
    this.#executions++;
    const verdict = await this.#test(text);
    const before = this.#known.get(text);
    if (before === undefined) this.#known.set(text, verdict);
    else if (before !== verdict) this.#flaky = true;
    return verdict;
  }
}

export interface Halted {
  readonly halt: Halt;
}

export const isHalted = (answer: Verdict | Halted): answer is Halted => typeof answer === "object";
