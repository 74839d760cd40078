/** A place in a run's log, read: of a call, or of a solution by its id. */
export interface Place {
  readonly proposal: number;
  /** The branch: `1.0` is the first of the second fan-out, `w3` the inside of call 3. */
  readonly path: readonly string[];
  /** The number within the branch. */
  readonly call: number;
}

/** Nothing for what belongs to no proposal, as a call of an evaluator. */
export const placeOf = (text: string): Place | undefined => {
  if (!/^\d+(-(\d+\.\d+|w\d+))*-\d+$/.test(text)) return undefined;
  const parts = text.split("-");
  return { proposal: Number(parts[0]), path: parts.slice(1, -1), call: Number(parts.at(-1)) };
};

/** What is numbered within a branch: a call, or the inside of one. A fan-out has numbers of its own. */
export type Part = { readonly kind: "call"; readonly number: number } | { readonly kind: "fan"; readonly fan: number };

/** A place's part below the first `depth` branches of its path. */
export const partAt = ({ path, call }: Place, depth: number): Part => {
  const [, inside, fan] = /^(?:w(\d+)|(\d+)\.\d+)$/.exec(path[depth] ?? "") ?? [];
  return fan === undefined ? { kind: "call", number: Number(inside ?? call) } : { kind: "fan", fan: Number(fan) };
};

/** How many branches two places have in common. */
export const sharedDepth = ({ path: a }: Place, { path: b }: Place): number => {
  const parted = a.findIndex((part, at) => part !== b[at]);
  return parted === -1 ? a.length : parted;
};

/** The branch of a place down to `depth`, as text. */
export const branchOf = ({ proposal, path }: Place, depth: number): string =>
  [proposal, ...path.slice(0, depth)].join("-");
