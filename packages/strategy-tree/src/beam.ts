import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { maxDebugDepthOption, operatorOn } from "./journal/operator.ts";
import { byRank, type TreeNode } from "./journal/solution-tree.ts";
import { draftOf, type Choice, type Policy, type SearchState, type Step, type Told } from "./policy/policy.ts";
import { memoryOption } from "./policy/memory.ts";
import { searchBy } from "./policy/policy-search.ts";

const options = z.strictObject({
  width: z.number().int().min(1).default(4).describe("Solutions of a level that are expanded."),
  children: z.number().int().min(1).default(4).describe("Times that each of them is expanded."),
  drafts: z.number().int().min(1).optional().describe("Drafts of the first level; width × children without."),
  levels: z.number().int().min(1).default(40).describe("Levels, drafts included, after which the search is done."),
  diverse: z.boolean().default(false).describe("Each of the beams keeps to a subtree of its own, greedy in it (DVTS)."),
  maxDebugDepth: maxDebugDepthOption,
  memory: memoryOption,
});

export type BeamOptions = z.output<typeof options>;

type Node = TreeNode<undefined>;

/**
 * Beam search over levels: the best `width` solutions of a level are each expanded `children` times, and only what that gave is the next level. With
 * `diverse`, `width` beams of width 1 each grow a subtree of their own: diverse verifier tree search (DVTS, Beeching et al. 2024,
 * huggingface/search-and-learn, whose width 4 and 40 iterations are the defaults). Waits where a level is not complete. A level without anything to
 * expand is followed by drafts.
 */
export const beam = definePlugin({
  kind: "search",
  name: "beam",
  summary: "The best few solutions of each level are expanded.",
  options,
  create: (settings) => searchBy(new BeamSearch(settings), settings.memory),
});

class BeamSearch implements Policy<undefined> {
  readonly #beams: readonly Beam[];
  readonly #open = new Map<number, Beam>();

  constructor(settings: BeamOptions) {
    const { width, children, diverse } = settings;
    const drafts = settings.drafts ?? width * children;
    this.#beams = diverse
      ? Array.from({ length: width }, () => new Beam({ ...settings, width: 1 }, Math.ceil(drafts / width)))
      : [new Beam(settings, drafts)];
  }

  own(): undefined {
    return undefined;
  }

  learn({ outcome: { number }, node }: Told<undefined>): void {
    this.#open.get(number)?.learn(node);
    this.#open.delete(number);
  }

  choose({ tree, number }: SearchState<undefined>): Choice<undefined> {
    const ready = this.#beams.filter((one) => one.isReady);
    const beam = ready.reduce<Beam | undefined>(
      (a, b) => (a === undefined || b.proposed < a.proposed ? b : a),
      undefined,
    );
    const step = beam?.next(draftOf(tree));
    if (beam !== undefined && step !== undefined) {
      this.#open.set(number, beam);
      return step;
    }
    if (this.#beams.some((one) => !one.isDone)) return { kind: "wait" };
    return { kind: "done", reason: "All levels of the beam are done." };
  }
}

/** One beam: what is left to propose of its level, and what the level has given so far. */
class Beam {
  readonly #settings: BeamOptions;
  readonly #drafts: number;
  #level = 0;
  #steps: (Step<undefined> | "draft")[] = [];
  #pending = 0;
  #made: Node[] = [];
  proposed = 0;

  constructor(settings: BeamOptions, drafts: number) {
    this.#settings = settings;
    this.#drafts = drafts;
    this.#begin([]);
  }

  get isDone(): boolean {
    return this.#level > this.#settings.levels;
  }

  get isReady(): boolean {
    return !this.isDone && this.#steps.length > 0;
  }

  next(draft: Step<undefined>): Step<undefined> | undefined {
    const step = this.#steps.shift();
    if (step === undefined) return undefined;
    this.#pending++;
    this.proposed++;
    return step === "draft" ? draft : step;
  }

  learn(node: Node | undefined): void {
    this.#pending--;
    if (node !== undefined) this.#made.push(node);
    if (this.#pending > 0 || this.#steps.length > 0) return;
    const { width } = this.#settings;
    const steps = this.#made.flatMap((on) => this.#stepOn(on) ?? []);
    this.#begin(steps.sort((a, b) => byRank(a.on, b.on)).slice(0, width));
  }

  #stepOn(on: Node): Step<undefined> | undefined {
    const operator = operatorOn(on, this.#settings.maxDebugDepth);
    return operator && { kind: "step", operator, on };
  }

  #begin(kept: readonly Step<undefined>[]): void {
    const { children } = this.#settings;
    this.#level++;
    this.#made = [];
    this.#steps =
      kept.length === 0
        ? Array.from({ length: this.#drafts }, () => "draft" as const)
        : kept.flatMap((step) => Array.from({ length: children }, () => step));
  }
}
