import type { Random } from "@aide-ts/plugin";
import { beats, type TreeNode } from "../journal/solution-tree.ts";
import type { EvolutionaryOptions } from "./options.ts";

type Node = TreeNode<undefined>;

interface Member {
  readonly node: Node;
  /** It came from another island, and goes no further. */
  readonly migrant: boolean;
  /** How many members came before it. */
  readonly age: number;
}

/** A population: its best solution first. */
export class Island {
  readonly #settings: EvolutionaryOptions;
  readonly #members: Member[] = [];
  #joined = 0;

  constructor(settings: EvolutionaryOptions) {
    this.#settings = settings;
  }

  get members(): readonly Node[] {
    return this.#members.map(({ node }) => node);
  }

  /** Takes a valid solution in. A script that is here already is not taken again. */
  join(node: Node, migrant = false): void {
    if (!node.valid || this.#members.some((member) => member.node.code === node.code)) return;
    const { population, elites } = this.#settings;
    const worse = this.#members.findIndex((member) => beats(node, member.node));
    const member = { node, migrant, age: this.#joined++ };
    this.#members.splice(worse === -1 ? this.#members.length : worse, 0, member);
    if (this.#members.length <= population) return;
    const mortal = this.#members.slice(Math.min(elites, population));
    const oldest = mortal.reduce((a, b) => (b.age < a.age ? b : a));
    this.#members.splice(this.#members.indexOf(oldest), 1);
  }

  /** A parent, by tournament or by linear ranking; `undefined` where there is none. */
  select(random: Random, without?: Node): Node | undefined {
    const candidates = this.members.filter((node) => node !== without);
    const { selection, tournament } = this.#settings;
    const place =
      selection === "rank" ? byRank(candidates.length, random) : byTournament(candidates.length, tournament, random);
    return candidates[place];
  }

  /** The best of its own, as many as its share of migrants. */
  emigrants(): readonly Node[] {
    const own = this.#members.filter(({ migrant }) => !migrant);
    return own.slice(0, Math.ceil(own.length * this.#settings.migrationShare)).map(({ node }) => node);
  }
}

/** The first of some places drawn with replacement. */
export const byTournament = (size: number, rounds: number, random: Random): number => {
  let first = size;
  for (let round = 0; round < rounds; round++) first = Math.min(first, Math.floor(random() * size));
  return first;
};

/** Place r of n with a chance in proportion to n − r (linear ranking, Baker 1985). */
export const byRank = (size: number, random: Random): number => {
  let left = (random() * (size * (size + 1))) / 2;
  let place = 0;
  while (place < size - 1 && left >= size - place) left -= size - place++;
  return place;
};
