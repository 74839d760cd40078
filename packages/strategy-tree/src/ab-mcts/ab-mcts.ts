import { definePlugin, type Random } from "@aide-ts/plugin";
import type { Evidence } from "../journal/evidence.ts";
import { operatorOn } from "../journal/operator.ts";
import { ScoreRange } from "../journal/score-range.ts";
import { Champions } from "../policy/champions.ts";
import { crossoverPrompt } from "../policy/crossover-prompt.ts";
import { searchBy } from "../policy/policy-search.ts";
import type { Choice, SearchState, Policy, Step, Told } from "../policy/policy.ts";
import { ActionBandit } from "./action-bandit.ts";
import { actionsOf, highest, type Action, type Actions } from "./actions.ts";
import { Beliefs, type BelievedNode } from "./beliefs.ts";
import { options, type AbMctsOptions } from "./options.ts";
import { betaBelief, gaussianBelief, type Belief } from "./posteriors.ts";

/**
 * AB-MCTS-A (Inoue et al. 2025, arXiv 2503.04412; SakanaAI/treequest `ABMCTSA`): a tree without a fixed width. At each node Thompson sampling draws
 * from what is thought of a new child (GEN) and of the children there are (CONT); GEN makes a child by one of the actions, CONT draws again among
 * the children and goes down. A reward is credited to GEN where the solution was made, to CONT and to the nodes along the path above. Rewards are
 * scores normalised over the run, 0 for invalid solutions. Proposals under way count for nothing until they are told: draws differ, so slots spread.
 */
export const abMcts = definePlugin({
  kind: "search",
  name: "ab-mcts",
  summary: "A tree whose width Thompson sampling decides (AB-MCTS).",
  options,
  prompts: crossoverPrompt,
  create: (settings) => searchBy(new AbMcts(settings), settings.memory),
});

/** The policy of `ab-mcts`. */
export class AbMcts implements Policy<Beliefs> {
  readonly #settings: AbMctsOptions;
  readonly #range: ScoreRange;
  readonly #belief: Belief;
  readonly #bandit: ActionBandit;
  readonly #actions: Readonly<Record<"draft" | "debug" | "improve" | "crossover", Actions>>;
  readonly #champions = new Champions<Beliefs>();
  readonly #open = new Map<number, { readonly on: BelievedNode; readonly action: Action }>();

  constructor(settings: AbMctsOptions) {
    const { bounds, prior, gaussian, beta, actionChoice, roles } = settings;
    this.#settings = settings;
    this.#range = new ScoreRange(bounds);
    this.#belief = prior === "gaussian" ? gaussianBelief(gaussian) : betaBelief(beta);
    this.#bandit = new ActionBandit(this.#belief, actionChoice === "ucb" ? "ucb" : "thompson");
    const improve = actionsOf("improve", roles);
    this.#actions = {
      improve,
      draft: actionsOf("draft", roles),
      debug: actionsOf("debug", roles),
      crossover: [...improve, ...actionsOf("crossover", roles)],
    };
  }

  own(): Beliefs {
    return new Beliefs(this.#settings.actionChoice !== "stack");
  }

  learn({ task, outcome: { number }, node }: Told<Beliefs>): void {
    const made = this.#open.get(number);
    this.#open.delete(number);
    if (made === undefined || node === undefined) return;
    const { on, action } = made;
    const merit = this.#range.admit(node, task);
    this.#champions.learn(node);
    this.#bandit.learn(action, merit);
    node.own.madeBy = action;
    node.own.seen.add(merit);
    const arms = on.own.armsOf(action);
    arms.generate.add(merit);
    on.own.actionEvidence(action).add(merit);
    if (operatorOn(node, this.#settings.maxDebugDepth) !== undefined) arms.children.add(node);
    backUp(on, merit);
  }

  choose({ tree, number, random }: SearchState<Beliefs>): Choice<Beliefs> {
    let on = tree.root;
    for (;;) {
      const selected = this.#select(on, random);
      if ("operator" in selected) {
        this.#open.set(number, { on, action: selected });
        return this.#stepOf(on, selected);
      }
      on = selected;
    }
  }

  /** The action to make a new child with, or the child to go down to. */
  #select(node: BelievedNode, random: Random): Action | BelievedNode {
    const actions = this.#actionsAt(node);
    const first = this.#settings.actionChoice === "stack" ? this.#firstByBelief(node, actions, random) : undefined;
    const { generate, goOn, children } = node.own.armsOf(first ?? actions[0]);
    const goesOn = children.size > 0 && this.#draw(goOn, random) > this.#draw(generate, random);
    const child = goesOn ? children.highest(this.#belief, this.#range, random) : undefined;
    return child ?? first ?? this.#bandit.choose(actions, this.#range, random);
  }

  #firstByBelief({ own }: BelievedNode, actions: Actions, random: Random): Action {
    return highest(actions, (action) => this.#draw(own.actionEvidence(action), random)) ?? actions[0];
  }

  #draw(evidence: Evidence, random: Random): number {
    return this.#belief.draw(evidence.moments(this.#range), random);
  }

  #actionsAt(node: BelievedNode): Actions {
    const operator = operatorOn(node, this.#settings.maxDebugDepth) ?? "draft";
    const crosses = operator === "improve" && this.#settings.crossover && this.#champions.otherThan(node) !== undefined;
    return this.#actions[crosses ? "crossover" : operator];
  }

  #stepOf(on: BelievedNode, { operator, role }: Action): Step<Beliefs> {
    const step = { kind: "step", operator, on, role } as const;
    const other = operator === "crossover" ? this.#champions.otherThan(on) : undefined;
    return other === undefined ? step : { ...step, other };
  }
}

/** Credits a reward to all that lies above the node that the solution was made from, and to that node itself. */
const backUp = (from: BelievedNode, merit: number | undefined): void => {
  for (let at = from; at.parent !== undefined; at = at.parent) {
    at.own.seen.add(merit);
    const { madeBy } = at.own;
    if (madeBy === undefined) continue;
    const { goOn, children } = at.parent.own.armsOf(madeBy);
    goOn.add(merit);
    children.recount(at);
    at.parent.own.actionEvidence(madeBy).add(merit);
  }
};
