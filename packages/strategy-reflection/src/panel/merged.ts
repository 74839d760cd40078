import type { Critique, Finding } from "../reflection/critique.ts";

interface Cluster {
  readonly finding: Finding;
  readonly voters: ReadonlySet<number>;
}

/**
 * One critique from several: findings about the same place count as one, what more critics name comes first, and what fewer than `quorum` name is left
 * out. The words are those of the critic who named it first.
 */
export const merged = (reviews: readonly Critique[], quorum: number): Critique => {
  const named = reviews.flatMap((review, voter) =>
    review.kind === "findings" ? review.findings.map((finding) => ({ finding, voter })) : [],
  );
  if (named.length === 0) return { kind: reviews.some(({ kind }) => kind === "declined") ? "declined" : "empty" };
  const clusters = named.reduce<readonly Cluster[]>((known, { finding, voter }) => joined(known, finding, voter), []);
  const findings = clusters
    .filter(({ voters }) => voters.size >= quorum)
    .toSorted((a, b) => b.voters.size - a.voters.size)
    .map(({ finding }) => finding);
  if (findings.length === 0) return { kind: "declined" };
  return { kind: "findings", findings, text: findings.map(({ text }, at) => `${at + 1}. ${text}`).join("\n") };
};

const joined = (known: readonly Cluster[], finding: Finding, voter: number): readonly Cluster[] => {
  const same = known.find((cluster) => isSamePlace(cluster.finding, finding));
  if (same === undefined) return [...known, { finding, voters: new Set([voter]) }];
  const more = { finding: same.finding, voters: new Set([...same.voters, voter]) };
  return known.map((cluster) => (cluster === same ? more : cluster));
};

/** Two findings without lines are the same if their words are. */
const isSamePlace = (a: Finding, b: Finding): boolean =>
  a.lines.length === 0 && b.lines.length === 0
    ? wordsOf(a) === wordsOf(b)
    : a.lines.some((one) => b.lines.some((other) => one.first <= other.last && other.first <= one.last));

const wordsOf = ({ text }: Finding): string => text.toLowerCase().replaceAll(/\W+/g, " ").trim();
