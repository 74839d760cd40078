import type { Halt } from "./trials.ts";

export interface Minimised<T> {
  readonly items: readonly T[];
  /** Set where trials ran out: the items hold, and fewer might. */
  readonly halt?: Halt;
}

/** Whether a part still does what the whole does, or why that cannot be asked. */
export type Holds<T> = (items: readonly T[]) => Promise<boolean | { readonly halt: Halt }>;

/**
 * ddmin of Zeller and Hildebrandt (2002, "Simplifying and isolating failure-inducing input", IEEE TSE 28): a part of the items that holds and of which
 * no single item can be left out. The whole must hold and nothing must not.
 */
export const ddmin = async <T>(whole: readonly T[], holds: Holds<T>): Promise<Minimised<T>> => {
  let items = whole;
  let chunks = 2;
  while (items.length > 1) {
    const found = await firstThatHolds(candidates(items, chunks), holds);
    if (found !== undefined && "halt" in found) return { items, halt: found.halt };
    if (found !== undefined) {
      items = found.part;
      chunks = found.isChunk ? 2 : Math.max(chunks - 1, 2);
    } else if (chunks >= items.length) break;
    else chunks = Math.min(chunks * 2, items.length);
  }
  return { items };
};

interface Candidate<T> {
  readonly part: readonly T[];
  readonly isChunk: boolean;
}

const candidates = <T>(items: readonly T[], chunks: number): readonly Candidate<T>[] => {
  const bounds = Array.from({ length: chunks + 1 }, (_, at) => Math.floor((at * items.length) / chunks));
  const pairs = bounds.slice(1).map((to, at): readonly [number, number] => [bounds[at] ?? 0, to]);
  const parts = pairs.map(([from, to]): Candidate<T> => ({ part: items.slice(from, to), isChunk: true }));
  // Of two chunks each is the other's complement.
  if (chunks === 2) return parts;
  const rests = pairs.map(([from, to]): Candidate<T> => ({
    part: [...items.slice(0, from), ...items.slice(to)],
    isChunk: false,
  }));
  return [...parts, ...rests];
};

const firstThatHolds = async <T>(
  parts: readonly Candidate<T>[],
  holds: Holds<T>,
): Promise<Candidate<T> | { readonly halt: Halt } | undefined> => {
  for (const candidate of parts) {
    const answer = await holds(candidate.part);
    if (typeof answer === "object") return answer;
    if (answer) return candidate;
  }
  return undefined;
};
