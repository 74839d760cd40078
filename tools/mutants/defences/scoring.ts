import type { Defence } from "../defence.ts";
import {
  always,
  call,
  condition,
  drop,
  guard,
  never,
  operand,
  operation,
  replace,
  returned,
  statement,
} from "../operation.ts";

const tests = "packages/evaluation/test";
const reading = [`${tests}/words`];
const checking = [`${tests}/submission/check.test.ts`];
const scoring = [`${tests}/submission/score.test.ts`];
const folds = [`${tests}/folds.test.ts`];
const reporting = [`${tests}/reported.test.ts`, `${tests}/conformance.test.ts`];

/** What keeps a metric from being guessed, and a submission from being scored wrongly. */
export const scoringDefences: readonly Defence[] = [
  {
    name: "an everyday word is no metric",
    package: "evaluation",
    symbol: "weightOf",
    takenDownBy: drop(guard("isMetric")),
    tests: reading,
  },
  {
    name: "a metric that does not count is passed over",
    package: "evaluation",
    symbol: "weightOf",
    takenDownBy: drop(guard("isAside")),
    tests: reading,
  },
  {
    name: "a metric that the library lacks is not taken for another",
    package: "evaluation",
    symbol: "decide",
    takenDownBy: drop(guard("unknown")),
    tests: reading,
  },
  {
    name: "metrics that contradict each other are not guessed at",
    package: "evaluation",
    symbol: "decide",
    takenDownBy: drop(guard("ambiguous")),
    tests: reading,
  },
  {
    name: "of a description only what speaks of evaluation counts",
    package: "evaluation",
    symbol: "evaluationSentences",
    takenDownBy: always(returned("speaksOfEvaluation")),
    tests: reading,
  },
  {
    name: "a metric that does not fit the target is refused",
    package: "evaluation",
    symbol: "formOf",
    takenDownBy: replace(statement("metricMisfit"), 'return { kind: "value", input: $parameter1.input };'),
    tests: [`${tests}/resolve-task.test.ts`],
  },
  {
    name: "samples without a score do not count in a standard error",
    package: "evaluation",
    symbol: "errorOver",
    takenDownBy: drop(call("filter", "isFinite")),
    tests: [`${tests}/metrics.test.ts`],
  },
  {
    name: "a submission has the asked columns",
    package: "evaluation",
    symbol: "checkSubmission",
    takenDownBy: drop(guard("wrongColumns")),
    tests: checking,
  },
  {
    name: "a submission has every row",
    package: "evaluation",
    symbol: "checkRows",
    takenDownBy: drop(guard("undefined", "return")),
    tests: checking,
  },
  {
    name: "a submission repeats no row",
    package: "evaluation",
    symbol: "checkRows",
    takenDownBy: never(guard("has")),
    tests: checking,
  },
  {
    name: "a submission has no gaps",
    package: "evaluation",
    symbol: "checkRows",
    takenDownBy: never(guard("isGap")),
    tests: checking,
  },
  {
    name: "two ids that are one number are not taken for each other",
    package: "evaluation",
    symbol: "normalForms",
    takenDownBy: always(condition("size")),
    tests: checking,
  },
  {
    name: "labels are compared as they are written first",
    package: "evaluation",
    symbol: "labelReader",
    takenDownBy: replace(operation("normalLabel"), "$2"),
    tests: scoring,
  },
  {
    name: "a row does not count for a target that is unknown in it",
    package: "evaluation",
    symbol: "cellsOf",
    takenDownBy: drop(guard("continue")),
    tests: scoring,
  },
  {
    name: "an infinite score is none",
    package: "evaluation",
    symbol: "summary",
    takenDownBy: never(guard("isFinite")),
    tests: scoring,
  },
  {
    name: "what is no probability has no loss",
    package: "evaluation",
    symbol: "compareClassColumns",
    takenDownBy: never(operand("!", "areProbabilities")),
    tests: scoring,
  },
  {
    name: "a printed nan or inf is no score",
    package: "evaluation",
    symbol: "reportedScore",
    takenDownBy: always(condition("isFinite")),
    tests: reporting,
  },
  {
    name: "a report makes nothing valid that the framework has refused",
    package: "evaluation",
    symbol: "reported",
    takenDownBy: drop(operand("valid", "===")),
    tests: reporting,
  },
  {
    name: "a script that fails with other rows held back is not valid",
    package: "evaluation",
    symbol: "scoreFolds",
    takenDownBy: drop(guard("elsewhere")),
    tests: folds,
  },
  {
    name: "a solution that leads on one part of the rows stays in the race",
    package: "evaluation",
    symbol: "isOutOfTheRace",
    takenDownBy: drop(operand("every")),
    tests: folds,
  },
  {
    name: "a score of some parts is put on the scale of all",
    package: "evaluation",
    symbol: "onAllParts",
    takenDownBy: always(guard("length")),
    tests: folds,
  },
  {
    name: "a blend is measured on folds that it was not chosen on",
    package: "evaluation",
    symbol: "chooseEnsemble",
    takenDownBy: replace(call("filter", "!=="), "$0"),
    tests: [`${tests}/ensemble.test.ts`],
  },
  {
    name: "a blend that does not pay is not used",
    package: "evaluation",
    symbol: "chooseEnsemble",
    takenDownBy: drop(guard("better")),
    tests: [`${tests}/ensemble.test.ts`],
  },
];
