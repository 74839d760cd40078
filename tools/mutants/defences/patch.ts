import type { Defence } from "../defence.ts";
import {
  always,
  call,
  condition,
  drop,
  first,
  guard,
  never,
  operand,
  operation,
  replace,
  statement,
} from "../operation.ts";

const tests = "packages/strategy-reflection/test/patch";

/** What keeps an edit as small as it can be and never smaller than it must be. */
export const patchDefences: readonly Defence[] = [
  {
    name: "search text that fits in two places is refused",
    package: "strategy-reflection",
    symbol: "placeBlock",
    takenDownBy: replace(operation("length", ">"), "$1 > 9"),
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "a block that the answer breaks off in is refused",
    package: "strategy-reflection",
    symbol: "readSearchBlocks",
    takenDownBy: replace(operation("none"), '$1 === "search"'),
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "a script that the answer breaks off in is refused",
    package: "strategy-reflection",
    symbol: "readWholeScript",
    takenDownBy: never(guard("trim")),
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "two edits of one line are refused",
    package: "strategy-reflection",
    symbol: "clashIn",
    takenDownBy: replace(operation("||"), "$1 && $2"),
    tests: [`${tests}/parse.test.ts`],
  },
  {
    name: "a line without an end does not swallow the next one",
    package: "strategy-reflection",
    symbol: "joined",
    takenDownBy: always(condition("endOf")),
    tests: [`${tests}/diff.test.ts`],
  },
  {
    name: "a diff keeps the longest common subsequence",
    package: "strategy-reflection",
    symbol: "inside",
    takenDownBy: replace(first(call("has")), "$0.has($1) && $1.length > 2"),
    tests: [`${tests}/diff.test.ts`],
  },
  {
    name: "a hunk is dropped as neutral only where CPython says so",
    package: "strategy-reflection",
    symbol: "dropNeutral",
    takenDownBy: drop(operand("hash", "===")),
    tests: [`${tests}/neutral.test.ts`],
  },
  {
    name: "hunks that only together are neutral are found",
    package: "strategy-reflection",
    symbol: "neutralAmong",
    takenDownBy: replace(call("slice", "mostGroups"), "$0.slice(0, 0)"),
    tests: [`${tests}/neutral.test.ts`],
  },
  {
    name: "code that rides on an import is not in scope",
    package: "strategy-reflection",
    symbol: "isOfImports",
    takenDownBy: replace(call("allIn", "added"), "$1.length > 0"),
    tests: [`${tests}/scope.test.ts`],
  },
  {
    name: "the result of a reduction is run before it is taken",
    package: "strategy-reflection",
    symbol: "verify",
    takenDownBy: drop(guard("pass")),
    tests: [`${tests}/reduce.test.ts`],
  },
  {
    name: "only a pass keeps a part of an edit",
    package: "strategy-reflection",
    symbol: "smallest",
    takenDownBy: replace(operation("pass"), '$1 !== "same-failure"'),
    tests: [`${tests}/reduce.test.ts`],
  },
  {
    name: "a flaky test proves nothing minimal",
    package: "strategy-reflection",
    symbol: "Trials.again",
    takenDownBy: drop(statement("#flaky")),
    tests: [`${tests}/reduce.test.ts`],
  },
];
