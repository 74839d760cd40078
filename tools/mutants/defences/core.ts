import type { Defence } from "../defence.ts";
import { always, call, condition, drop, guard, never, operand, replace, statement } from "../operation.ts";

const coreTests = "packages/core/test";
const engine = [`${coreTests}/engine/durability.test.ts`, `${coreTests}/engine/failures.test.ts`];
const misuse = [`${coreTests}/engine/misuse.test.ts`];
const properties = [`${coreTests}/engine/properties.test.ts`];
const budget = [`${coreTests}/budget`];
const events = [`${coreTests}/events`];
const plugins = [`${coreTests}/plugins`];
const extraction = ["packages/answer/test"];

/** Of the budget, the log, the config, secrets, and answers. */
export const coreDefences: readonly Defence[] = [
  {
    name: "a call is reserved before it is sent",
    package: "core",
    symbol: "Budget.reserve",
    takenDownBy: drop(statement("reserved", "+=")),
    tests: [...budget, ...properties],
  },
  {
    name: "what a plugin throws in a hook says whose it is",
    package: "core",
    symbol: "stamped",
    takenDownBy: always(condition("?:", "isStop")),
    tests: plugins,
  },
  {
    name: "what a hook gives that is no answer says whose it is",
    package: "core",
    symbol: "check",
    takenDownBy: never(guard("pluginReturned")),
    tests: plugins,
  },
  {
    name: "a hook that answers at once and gives a promise is refused",
    package: "core",
    symbol: "called",
    takenDownBy: never(guard("isPromiseLike")),
    tests: plugins,
  },
  {
    name: "a plugin that never answers keeps no stopped run waiting",
    package: "core",
    symbol: "silenceAfter",
    takenDownBy: drop(statement("addEventListener")),
    tests: plugins,
    hangs: 20,
  },
  {
    name: "a strategy that waits for nothing ends",
    package: "core",
    symbol: "IdleWatch.#wait",
    takenDownBy: drop(statement("setTimeout")),
    tests: plugins,
    hangs: 20,
  },
  {
    name: "a limit that refused once refuses for good",
    package: "core",
    symbol: "Budget.latch",
    takenDownBy: drop(statement("#gone", "set")),
    tests: budget,
  },
  {
    name: "a reached limit is still reached on resume",
    package: "core",
    symbol: "Budget.constructor",
    takenDownBy: never(guard("#amountOf")),
    tests: [...budget, ...properties],
  },
  {
    name: "calls that a kill cut off are billed",
    package: "core",
    symbol: "historyOf",
    takenDownBy: drop(statement("for", "values")),
    tests: [...engine, ...misuse],
  },
  {
    name: "a torn last line is dropped",
    package: "core",
    symbol: "EventLog.open",
    takenDownBy: drop(guard("fstatSync")),
    tests: events,
  },
  {
    name: "a damaged line is refused",
    package: "core",
    symbol: "parseEvents",
    takenDownBy: replace(statement("eventsDamaged"), "break;"),
    tests: events,
  },
  {
    name: "half a line is taken back when the disk is full",
    package: "core",
    symbol: "EventLog.append",
    takenDownBy: drop(statement("ftruncateSync")),
    tests: ["packages/core/test/events/full-disk.mocked.test.ts"],
  },
  {
    name: "events of another shape are refused",
    package: "core",
    symbol: "isEvent",
    takenDownBy: replace(call("safeParse"), '({ success: typeof $1 === "object" && $1 !== null && "type" in $1 })'),
    tests: events,
  },
  {
    name: "secrets are masked",
    package: "run",
    symbol: "Secrets.mask",
    takenDownBy: drop(call("replaceAll")),
    tests: ["packages/run/test/masking.test.ts"],
  },
  {
    name: "thoughts are no answer",
    package: "answer",
    symbol: "split",
    takenDownBy: always(condition("?:", "text", "thought")),
    tests: extraction,
  },
  {
    name: "an answer that was cut off in mid-statement is no script",
    package: "answer",
    symbol: "scriptOf",
    takenDownBy: never(operand("closed", "&&")),
    tests: extraction,
  },
  {
    name: "a plugin of another contract is refused",
    package: "core",
    symbol: "pick",
    takenDownBy: never(guard("major")),
    tests: [`${coreTests}/plugins`],
  },
  {
    name: "later config layers replace lists",
    package: "core",
    symbol: "merge",
    takenDownBy: replace(call("merge"), "merge($2, $1)"),
    tests: [`${coreTests}/config`],
  },
];
