// Every metric at 1,000,000 rows: the slowest score and standard error, and the check of a submission of as many, beside the goals in seconds.
import { seededRandom } from "@aide-ts/core";
import {
  checkSubmission,
  metricFamilies,
  metricNamed,
  metrics,
  scoreOf,
  standardError,
  type Compared,
  type Metric,
} from "@aide-ts/evaluation";

const rows = Number(process.env["ROWS"] ?? 1_000_000);
const classes = 5;
const random = seededRandom("metrics", rows);

const array = (of: () => number, length = rows): Float64Array => Float64Array.from({ length }, of);
const amounts = [array(() => 1 + 99 * random()), array(() => 1 + 99 * random())] as const;
const labels = [array(() => Math.floor(classes * random())), array(() => Math.floor(classes * random()))] as const;
const truths = [array(() => Math.round(random())), array(() => Math.round(random()))] as const;
const probabilities = array(random);
const matrix = { values: array(random, rows * classes), columns: classes };
const texts = Array.from({ length: rows }, (_, row) => `row ${row} of ${Math.floor(1000 * random())}`);
const rankings = texts.map((text) => text.split(" "));

const compared = (metric: Metric): Compared => {
  switch (metric.input) {
    case "number":
      return { input: "numbers", metric, truth: amounts[0], predicted: amounts[1] };
    case "label": {
      const [truth, predicted] = metric.ofTwo ? truths : labels;
      return { input: "numbers", metric, truth, predicted };
    }
    case "probability":
      return { input: "numbers", metric, truth: truths[0], predicted: probabilities };
    case "class-probabilities":
      return { input: "class-probabilities", metric, truth: labels[0], predicted: matrix };
    case "ranking":
      return { input: "ranking", metric, truth: rankings, predicted: rankings.toReversed() };
    case "text":
      return { input: "text", metric, truth: texts, predicted: texts.toReversed() };
  }
};

const seconds = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return Number(((performance.now() - began) / 1000).toFixed(2));
};

const families = Object.values(metricFamilies).flatMap(({ example }) => metricNamed(example) ?? []);
const times = [...metrics, ...families]
  .flatMap((metric) => [metric, ...(metric.otherForms ?? [])])
  .map((metric) => {
    const one = compared(metric);
    const name = `${metric.name} (${metric.input})`;
    return { name, score: seconds(() => scoreOf(one)), error: seconds(() => standardError(one)) };
  });
const slowest = (of: "score" | "error") => times.reduce((worst, time) => (time[of] > worst[of] ? time : worst));

const keys = Array.from({ length: rows }, (_, row) => String(row));
const csv = Buffer.from(`id,y\n${keys.map((key) => `${key}.0,${(100 * random()).toFixed(3)}`).join("\n")}\n`);
const format = { columns: ["id", "y"], id: ["id"], keys, kind: "value", targets: ["y"] } as const;
const check = seconds(() => checkSubmission(csv, format));

const [score, error] = [slowest("score"), slowest("error")];
const goals = { score: 2, error: 2, check: 8 };
const ok = score.score <= goals.score && error.error <= goals.error && check <= goals.check;
if (process.env["ALL"] !== undefined) console.table(times);
console.log(JSON.stringify({ name: "metrics", rows: rows, score, error, check, goals, ok, unit: "s" }));
