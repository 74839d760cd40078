import { apply, changedLines, diff, type Diff } from "./diff.ts";
import { alignedPieces, piecesOf } from "./pieces.ts";
import type { Fingerprint, Python } from "./python.ts";
import { tiedGroups } from "./ties.ts";

/** An edit without what makes no difference to CPython. */
export interface WithoutNeutral {
  readonly text: string;
  /** What is left of the edit. */
  readonly diff: Diff;
  /** Neutral hunks that were taken back, in the order in which they were found. */
  readonly dropped: Diff;
}

/** Groups that are asked about at once: one batch is one execution. */
const mostGroups = 400;

/**
 * Takes back each hunk, and each group of hunks tied by brackets or an indented block, whose removal from the edited text leaves CPython's `ast.dump`
 * (positions left out) as it is. Docstrings, coding lines and PEP 723 blocks count as changes. Where one of the two texts does not parse, nothing is
 * neutral. Neighbouring edits inside a hunk are separated first.
 */
export const dropNeutral = async (original: string, edited: string, python: Python): Promise<WithoutNeutral> => {
  const [before, after] = await python.fingerprints([original, edited]);
  const whole = diff(original, edited);
  if (before?.kind !== "tree" || after?.kind !== "tree") return { text: edited, diff: whole, dropped: [] };
  if (before.hash === after.hash) return { text: original, diff: [], dropped: whole };
  const same = (answer: Fingerprint | undefined): boolean => answer?.kind === "tree" && answer.hash === after.hash;
  const dropped: Diff[number][] = [];
  let text = edited;
  for (let level = 0; level < levels.length;) {
    const hunks = levels[level]?.(original, text) ?? [];
    const neutral = await neutralAmong(hunks, original, text, same, python);
    const smaller = apply(without(hunks, neutral), original);
    if (changedLines(diff(original, smaller)) >= changedLines(diff(original, text))) level++;
    else {
      dropped.push(...neutral);
      text = smaller;
      level = 0;
    }
  }
  return { text, diff: diff(original, text), dropped };
};

const levels: readonly ((original: string, edited: string) => Diff)[] = [
  alignedPieces,
  (original, edited) => piecesOf(diff(original, edited)),
];

const without = (hunks: Diff, gone: Diff): Diff => {
  const set = new Set(gone);
  return hunks.filter((hunk) => !set.has(hunk));
};

type Same = (answer: Fingerprint | undefined) => boolean;

/** Hunks that go together: single ones first, then the smallest groups, none that shares a hunk with an earlier one. */
const neutralAmong = async (
  hunks: Diff,
  original: string,
  edited: string,
  same: Same,
  python: Python,
): Promise<Diff> => {
  const singles = await neutralGroups(
    hunks.map((hunk) => [hunk]),
    hunks,
    original,
    same,
    python,
  );
  if (singles.length > 0) return jointly(singles, hunks, original, same, python);
  const groups = tiedGroups(hunks, original, edited).slice(0, mostGroups);
  return jointly(await neutralGroups(groups, hunks, original, same, python), hunks, original, same, python);
};

const neutralGroups = async (
  groups: readonly Diff[],
  hunks: Diff,
  original: string,
  same: Same,
  python: Python,
): Promise<readonly Diff[]> => {
  const size = changedLines(diff(original, apply(hunks, original)));
  const asked = groups.flatMap((group) => {
    const text = apply(without(hunks, group), original);
    // Pieces are not the fewest changed lines: without one of them there may be more.
    return changedLines(diff(original, text)) < size ? [{ group, text }] : [];
  });
  const answers = asked.length === 0 ? [] : await python.fingerprints(asked.map(({ text }) => text));
  return asked.flatMap(({ group }, index) => (same(answers[index]) ? [group] : []));
};

/** Each may be neutral alone and not with the others (one of two pairs of brackets must stay): then only the first goes. */
const jointly = async (
  groups: readonly Diff[],
  hunks: Diff,
  original: string,
  same: Same,
  python: Python,
): Promise<Diff> => {
  const [first, ...others] = groups;
  if (first === undefined) return [];
  const taken = new Set(first);
  for (const group of others) if (!group.some((hunk) => taken.has(hunk))) for (const hunk of group) taken.add(hunk);
  const all = hunks.filter((hunk) => taken.has(hunk));
  if (all.length === first.length) return first;
  const [answer] = await python.fingerprints([apply(without(hunks, all), original)]);
  return same(answer) ? all : first;
};
