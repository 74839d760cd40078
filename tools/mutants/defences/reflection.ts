import type { Defence } from "../defence.ts";
import { always, call, condition, drop, guard, never, operand, operation, replace, statement } from "../operation.ts";

const strategies = ["packages/strategy-reflection/test/strategies.test.ts"];
const controls = ["packages/strategy-reflection/test/controls.test.ts"];
const panel = ["packages/strategy-reflection/test/panel.test.ts"];
const reflection = ["packages/strategy-reflection/test/reflection.test.ts"];

/** What keeps reflections and their controls from saying more, or less, than they are for. */
export const reflectionDefences: readonly Defence[] = [
  {
    name: "an edit that makes it worse is not kept",
    package: "strategy-reflection",
    symbol: "reflecting",
    takenDownBy: always(guard("isBetter")),
    tests: reflection,
  },
  {
    name: "only the operators that are named are reflected on",
    package: "strategy-reflection",
    symbol: "reflecting",
    takenDownBy: never(operand("includes", "!")),
    tests: reflection,
  },
  {
    name: "a reduced edit that fails does not take the place of one that passes",
    package: "strategy-reflection",
    symbol: "editPhase",
    takenDownBy: always(condition("?:", "valid")),
    tests: reflection,
  },
  {
    name: "a sham critique is as long as the real one",
    package: "strategy-reflection",
    symbol: "shamOf",
    takenDownBy: never(condition("review")),
    tests: controls,
  },
  {
    name: "a sham critique cites places drawn at random",
    package: "strategy-reflection",
    symbol: "moved",
    takenDownBy: replace(call("floor"), "0"),
    tests: controls,
  },
  {
    name: "a sham critique says nothing of the real one",
    package: "strategy-reflection",
    symbol: "shamFinding",
    takenDownBy: replace(call("filled"), "$2.2.1.1 + filled($1, $2)"),
    tests: [...controls, ...strategies],
  },
  {
    name: "a shuffled critique is of another task",
    package: "strategy-reflection",
    symbol: "drawFrom",
    takenDownBy: replace(operation("trim"), '$1 !== ""'),
    tests: controls,
  },
  {
    name: "a shuffled critique is of the same kind of failure",
    package: "strategy-reflection",
    symbol: "drawFrom",
    takenDownBy: replace(operation("failure"), '$1 !== ""'),
    tests: controls,
  },
  {
    name: "no further sample is drawn once its tokens are used",
    package: "strategy-reflection",
    symbol: "resample",
    takenDownBy: drop(operand("tokens", "<")),
    tests: strategies,
  },
  {
    name: "an edit without critique asks no critic",
    package: "strategy-reflection",
    symbol: "editWithoutCritique",
    takenDownBy: replace(call("editPhase"), "editPhase($1, { text: $1.evaluation.feedback, lines: [] }, $3, $4, $5)"),
    tests: strategies,
  },
  {
    name: "a place is edited that a quorum of critics names",
    package: "strategy-reflection",
    symbol: "merged",
    takenDownBy: replace(operation("size", ">="), "$1 >= 1"),
    tests: panel,
  },
  {
    name: "a critic has one vote for a place",
    package: "strategy-reflection",
    symbol: "joined",
    takenDownBy: replace(call("Set", "voters"), "new Set([$1.1, $1.2 + $1.1.1.size * 100])"),
    tests: panel,
  },
  {
    name: "Reflexion remembers only its latest lessons",
    package: "strategy-reflection",
    symbol: "reflexion",
    takenDownBy: replace(call("slice"), "$0.slice()"),
    tests: strategies,
  },
  {
    name: "a script that its own checks stop has not passed",
    package: "strategy-reflection",
    symbol: "complaintOf",
    takenDownBy: always(guard("ok")),
    tests: strategies,
  },
  {
    name: "Self-Refine remembers its feedback",
    package: "strategy-reflection",
    symbol: "refining",
    takenDownBy: drop(statement("push")),
    tests: strategies,
  },
];
