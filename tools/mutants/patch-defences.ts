import type { Defence } from "./defence.ts";

const patch = "packages/strategy-reflection/src/patch";
const tests = "packages/strategy-reflection/test/patch";

/** What keeps an edit as small as it can be and never smaller than it must be. */
export const patchDefences: readonly Defence[] = [
  {
    name: "search text that fits in two places is refused",
    file: `${patch}/place.ts`,
    from: "if (places.length > 1)",
    to: "if (places.length > 9)",
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "a block that the answer breaks off in is refused",
    file: `${patch}/search-blocks.ts`,
    from: 'if (side !== "none") return { kind: "refused", reason: { why: "truncated"',
    to: 'if (side === "search") return { kind: "refused", reason: { why: "truncated"',
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "a script that the answer breaks off in is refused",
    file: `${patch}/whole-script.ts`,
    from: "if (isCutOff && ",
    to: "if (!isCutOff && isCutOff && ",
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "two edits of one line are refused",
    file: `${patch}/edited-text.ts`,
    from: "if (bothInsert || hunk.at < ",
    to: "if (bothInsert && hunk.at < ",
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "a line without an end does not swallow the next one",
    file: `${patch}/diff.ts`,
    from: 'at === lines.length - 1 || endOf(line) !== ""',
    to: "lines.length > 0",
    tests: [`${tests}/diff.test.ts`],
  },
  {
    name: "a diff keeps the longest common subsequence",
    file: `${patch}/common-lines.ts`,
    from: "theirs.has(line) ?",
    to: "theirs.has(line) && line.length > 2 ?",
    tests: [`${tests}/diff.test.ts`],
  },
  {
    name: "a hunk is dropped as neutral only where CPython says so",
    file: `${patch}/neutral.ts`,
    from: 'answer?.kind === "tree" && answer.hash === after.hash',
    to: 'answer?.kind === "tree"',
    tests: [`${tests}/neutral.test.ts`],
  },
  {
    name: "hunks that only together are neutral are found",
    file: `${patch}/neutral.ts`,
    from: "tiedGroups(hunks, original, edited).slice(0, MOST_GROUPS)",
    to: "tiedGroups(hunks, original, edited).slice(0, 0)",
    tests: [`${tests}/neutral.test.ts`],
  },
  {
    name: "code that rides on an import is not in scope",
    file: `${patch}/scope.ts`,
    from: "allIn(hunk.added, place, after.imports)",
    to: "hunk.added.length > 0",
    tests: [`${tests}/scope.test.ts`],
  },
  {
    name: "the result of a reduction is run before it is taken",
    file: `${patch}/reduce.ts`,
    from: 'if (verdict !== "pass") return false;',
    to: "",
    tests: [`${tests}/reduce.test.ts`],
  },
  {
    name: "only a pass keeps a part of an edit",
    file: `${patch}/reduce.ts`,
    from: 'return isHalted(verdict) ? verdict : verdict === "pass";',
    to: 'return isHalted(verdict) ? verdict : verdict !== "same-failure";',
    tests: [`${tests}/reduce.test.ts`],
  },
  {
    name: "a flaky test proves nothing minimal",
    file: `${patch}/trials.ts`,
    from: "else if (before !== verdict) this.#flaky = true;",
    to: "",
    tests: [`${tests}/reduce.test.ts`],
  },
];
