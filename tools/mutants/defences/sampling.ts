import type { Defence } from "../defence.ts";
import {
  always,
  call,
  condition,
  drop,
  element,
  guard,
  never,
  operand,
  operation,
  property,
  replace,
} from "../operation.ts";

const cotTests = "packages/strategy-cot/test";

/** How samples are chosen among, and thoughts and parts put together. */
export const samplingDefences: readonly Defence[] = [
  {
    name: "the sample that agrees most is taken",
    package: "strategy-cot",
    symbol: "medoid",
    takenDownBy: replace(call("min"), "$0.max($1)"),
    tests: [`${cotTests}/self-consistency.test.ts`],
  },
  {
    name: "only valid samples have a say",
    package: "strategy-cot",
    symbol: "selfConsistency",
    takenDownBy: drop(call("filter")),
    tests: [`${cotTests}/self-consistency.test.ts`],
  },
  {
    name: "samples end with the first success where that is asked for",
    package: "strategy-cot",
    symbol: "untilValid",
    takenDownBy: drop(operand("valid", "!==")),
    tests: [`${cotTests}/self-consistency.test.ts`],
  },
  {
    name: "the best of several is the one of the best score",
    package: "strategy-cot",
    symbol: "bestOf",
    takenDownBy: replace(call("isBetter"), "isBetter($1, $3, $2)"),
    tests: [`${cotTests}/best-of-n.test.ts`, `${cotTests}/self-consistency.test.ts`, `${cotTests}/plan-search.test.ts`],
  },
  {
    name: "the judge's best is taken, of equals the first",
    package: "strategy-cot",
    symbol: "bestRated",
    takenDownBy: replace(operation("rating"), "$1 < $2"),
    tests: [`${cotTests}/best-of-n.test.ts`],
  },
  {
    name: "a judge's choice costs no execution",
    package: "strategy-cot",
    symbol: "bestOfN",
    takenDownBy: never(guard("bestRated")),
    tests: [`${cotTests}/best-of-n.test.ts`],
  },
  {
    name: "a thought is taken back as often as it is told",
    package: "strategy-cot",
    symbol: "forced",
    takenDownBy: replace(operation("<"), "$1 <= $2"),
    tests: [`${cotTests}/budget-forcing.test.ts`],
  },
  {
    name: "each stretch of thought has its cap",
    package: "strategy-cot",
    symbol: "forced",
    takenDownBy: always(condition("maxThoughtTokens")),
    tests: [`${cotTests}/budget-forcing.test.ts`],
  },
  {
    name: "a part is run behind what is there already",
    package: "strategy-cot",
    symbol: "fragment",
    takenDownBy: replace(operation("code", "+"), "$2"),
    tests: [`${cotTests}/code-chain.test.ts`],
  },
  {
    name: "a part that fails halts the chain",
    package: "strategy-cot",
    symbol: "chained",
    takenDownBy: never(guard("halted")),
    tests: [`${cotTests}/code-chain.test.ts`],
  },
  {
    name: "samples that came are used where one fails",
    package: "plugin",
    symbol: "succeeded",
    takenDownBy: drop(operand("length", "===")),
    tests: [`${cotTests}/self-consistency.test.ts`],
  },
  {
    name: "submissions are compared by how far they spread",
    package: "strategy-cot",
    symbol: "distances",
    takenDownBy: replace(operation("/"), "$1"),
    tests: [`${cotTests}/self-consistency.test.ts`],
  },
  {
    name: "a plan is handed on",
    package: "strategy-cot",
    symbol: "planned",
    takenDownBy: drop(property("guidance")),
    tests: [`${cotTests}/planning.test.ts`],
  },
  {
    name: "plans come from sets that differ",
    package: "strategy-cot",
    symbol: "drawn",
    takenDownBy: replace(element("splice"), "$1.0[$1.1]"),
    tests: [`${cotTests}/plan-search.test.ts`],
  },
];
