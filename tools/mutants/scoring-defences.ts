import type { Defence } from "./defence.ts";

const evaluation = "packages/evaluation/src";
const words = `${evaluation}/metrics/words`;
const tests = "packages/evaluation/test";
const reading = [`${tests}/words`];
const checking = [`${tests}/submission/check.test.ts`];
const scoring = [`${tests}/submission/score.test.ts`];
const reporting = [`${tests}/reported.test.ts`, `${tests}/conformance.test.ts`];

/** What keeps a metric from being guessed, and a submission from being scored wrongly. */
export const scoringDefences: readonly Defence[] = [
  {
    name: "an everyday word is no metric",
    file: `${words}/weight.ts`,
    from: 'if (isEveryday && (!isNamed || !isMetric(before, after, isScored))) return "not-meant";',
    to: "",
    tests: reading,
  },
  {
    name: "a metric that does not count is passed over",
    file: `${words}/weight.ts`,
    from: 'if (isAside(before, after)) return "not-meant";',
    to: "",
    tests: reading,
  },
  {
    name: "a metric that the library lacks is not taken for another",
    file: `${words}/decide.ts`,
    from: "if (lacking !== undefined) return unknown(lacking.words);",
    to: "",
    tests: reading,
  },
  {
    name: "metrics that contradict each other are not guessed at",
    file: `${words}/decide.ts`,
    from: 'if (candidates.length > 1) return { kind: "ambiguous", candidates };',
    to: "",
    tests: reading,
  },
  {
    name: "of a description only what speaks of evaluation counts",
    file: `${words}/evaluation-sentences.ts`,
    from: "isOpen || speaksOfEvaluation(one)",
    to: "true",
    tests: reading,
  },
  {
    name: "a metric that does not fit the target is refused",
    file: `${evaluation}/resolve-task.ts`,
    from: "if (!fit.fits) throw misfit(metric, fit.target, answer);",
    to: 'if (!fit.fits) return { kind: "value", input: metric.input };',
    tests: [`${tests}/resolve-task.test.ts`],
  },
  {
    name: "samples without a score do not count in a standard error",
    file: `${evaluation}/metrics/standard-error.ts`,
    from: "if (Number.isFinite(score)) scores.push(score);",
    to: "scores.push(score);",
    tests: [`${tests}/metrics.test.ts`],
  },
  {
    name: "a submission has the asked columns",
    file: `${evaluation}/submission/check.ts`,
    from: "if (!fits(header, format.columns)) return wrongColumns(header, format.columns);",
    to: "",
    tests: checking,
  },
  {
    name: "a submission has every row",
    file: `${evaluation}/submission/check.ts`,
    from: "if (lacking !== undefined) return lacking;",
    to: "",
    tests: checking,
  },
  {
    name: "a submission repeats no row",
    file: `${evaluation}/submission/check.ts`,
    from: "if (repeated.length > 0)",
    to: "if (false)",
    tests: checking,
  },
  {
    name: "a submission has no gaps",
    file: `${evaluation}/submission/check.ts`,
    from: "if (gaps.length > 0)",
    to: "if (false)",
    tests: checking,
  },
  {
    name: "two ids that are one number are not taken for each other",
    file: `${evaluation}/submission/row-keys.ts`,
    from: "forms.size === keys.length ? forms : new Map()",
    to: "forms",
    tests: checking,
  },
  {
    name: "labels are compared as they are written first",
    file: `${evaluation}/submission/values.ts`,
    from: "exact.get(label) ?? ",
    to: "",
    tests: scoring,
  },
  {
    name: "a row does not count for a target that is unknown in it",
    file: `${evaluation}/submission/score.ts`,
    from: 'if (label === "") continue;',
    to: "",
    tests: scoring,
  },
  {
    name: "an infinite score is none",
    file: `${evaluation}/submission/score.ts`,
    from: "if (!Number.isFinite(value)) {",
    to: "if (false) {",
    tests: scoring,
  },
  {
    name: "what is no probability has no loss",
    file: `${evaluation}/submission/class-columns.ts`,
    from: "!areProbabilities(predicted)",
    to: "false",
    tests: scoring,
  },
  {
    name: "a printed nan or inf is no score",
    file: `${evaluation}/evaluators/reported.ts`,
    from: "return Number.isFinite(value) ? value : undefined;",
    to: "return value;",
    tests: reporting,
  },
  {
    name: "a report makes nothing valid that the framework has refused",
    file: `${evaluation}/evaluators/reported.ts`,
    from: "if (value === undefined || before?.valid === false) return before;",
    to: "if (value === undefined) return before;",
    tests: reporting,
  },
];
