import type { Proposal, Random } from "@aide-ts/plugin";
import type { Landscape, Spot } from "../landscapes/landscape.ts";
import { medianWorth } from "../landscapes/made-up.ts";
import type { Pool, PoolNode } from "./pool-file.ts";
import { submissionText } from "./submissions.ts";
import { poolPoor } from "../errors.ts";

/**
 * A pool as a landscape. A draft is one of the recorded drafts, each as likely. What an operator makes of a solution is one of the recorded children
 * that it made of it; where there are none, a child that it made of the recorded solutions most like it: valid ones of the nearest score, failures of
 * the same cause, else any failure. Without any such child an improvement or a repair takes the operator's place, and where there is none either, the
 * solution stays as it is. Everything is taken as it was recorded, so that no score comes up that no script had. Worth is the recorded score: the error
 * of choosing by it is not seen.
 * @throws AIDE_POOL_POOR for a pool without a draft or without a valid solution.
 */
export const frozen = (name: string, pool: Pool): Landscape => {
  const tree = new FrozenTree(pool);
  const { metric, direction } = pool.task;
  const worths = pool.nodes.flatMap(({ seen }) => (seen.valid ? [seen.score] : []));
  const sorted = worths.toSorted((a, b) => (direction === "minimize" ? a - b : b - a));
  const [optimum] = sorted;
  if (tree.drafts.length === 0 || optimum === undefined) throw poolPoor(name);
  const median = medianWorth(tree.drafts.map((node) => tree.spot(node)));
  return {
    name,
    metric,
    direction,
    optimum,
    median: Number.isNaN(median) ? (sorted.at(-1) ?? optimum) : median,
    draft: (random) => tree.spot(oneOf(tree.drafts, random)),
  };
};

type Operator = Proposal["operator"];

class FrozenTree {
  readonly drafts: readonly PoolNode[];
  readonly #pool: Pool;
  readonly #spots = new Map<string, Spot>();
  /** Operator → parent → children. */
  readonly #children = new Map<Operator, Map<PoolNode, PoolNode[]>>();

  constructor(pool: Pool) {
    this.#pool = pool;
    this.drafts = pool.nodes.filter(({ operator }) => operator === "draft");
    const nodes = new Map(pool.nodes.map((node) => [node.id, node]));
    for (const node of pool.nodes)
      for (const id of node.parents) {
        const parent = nodes.get(id);
        if (parent === undefined) continue;
        const made = this.#children.get(node.operator) ?? new Map<PoolNode, PoolNode[]>();
        this.#children.set(node.operator, made);
        made.set(parent, [...(made.get(parent) ?? []), node]);
      }
  }

  spot(node: PoolNode): Spot {
    const known = this.#spots.get(node.id);
    if (known !== undefined) return known;
    const { submission } = this.#pool;
    const { id, seen, tokens, seconds, predictions } = node;
    const made: Spot = {
      name: id,
      seen: seen.valid ? { ...seen, worth: seen.score } : seen,
      tokens,
      seconds,
      ...(submission === undefined || predictions === undefined
        ? {}
        : { submission: submissionText(submission, predictions) }),
      child: (operator, random) => this.#child(node, operator, random),
    };
    this.#spots.set(id, made);
    return made;
  }

  #child(node: PoolNode, operator: Operator, random: Random): Spot {
    const usual = node.seen.valid ? "improve" : "debug";
    const made = this.#madeBy(operator, node) ?? this.#madeBy(usual, node);
    return this.spot(made === undefined ? node : oneOf(made, random));
  }

  #madeBy(operator: Operator, node: PoolNode): readonly PoolNode[] | undefined {
    const made = this.#children.get(operator);
    if (made === undefined) return undefined;
    const own = made.get(node);
    if (own !== undefined) return own;
    const like = mostLike(node, [...made.keys()]);
    return like.length === 0 ? undefined : like.flatMap((parent) => made.get(parent) ?? []);
  }
}

const mostLike = ({ seen }: PoolNode, others: readonly PoolNode[]): readonly PoolNode[] => {
  if (!seen.valid) {
    const failed = others.flatMap((other) => (other.seen.valid ? [] : [{ other, cause: other.seen.cause }]));
    const same = failed.filter(({ cause }) => cause === seen.cause);
    return (same.length === 0 ? failed : same).map(({ other }) => other);
  }
  const apart = others.flatMap((other) =>
    other.seen.valid ? [{ other, distance: Math.abs(other.seen.score - seen.score) }] : [],
  );
  const nearest = Math.min(...apart.map(({ distance }) => distance));
  return apart.flatMap(({ other, distance }) => (distance === nearest ? [other] : []));
};

const oneOf = (nodes: readonly PoolNode[], random: Random): PoolNode => {
  const drawn = nodes[Math.floor(random() * nodes.length)];
  if (drawn === undefined) throw new RangeError("There is nothing to draw from.");
  return drawn;
};
