import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { findScriptsPython } from "../../../tools/vitest/scripts-python.ts";
import { metricFamilies, metrics, scoreOf, type Compared, type Metric } from "../src/index.ts";

/** Every form of every metric, families with two parameters each. */
const forms: readonly Metric[] = [
  ...metrics,
  ...Object.values(metricFamilies).flatMap(({ example, of }) => {
    const parameter = Number(example.split(/[:@]/)[1]);
    return [of(parameter)!, of(parameter >= 2 ? 1 : parameter / 2 + 0.5)!];
  }),
].flatMap((metric) => [metric, ...(metric.otherForms ?? [])]);

const few = { minLength: 1, maxLength: 40 };
const rowsOf = <T>(row: fc.Arbitrary<T>) =>
  fc.oneof(fc.array(row, few), fc.array(row, { minLength: 200, maxLength: 200 }));

/** Pairs with ties, with constant predictions and with right ones. */
const pairs = <T>(value: fc.Arbitrary<T>, constant = value): fc.Arbitrary<[T, T][]> =>
  fc.oneof(
    rowsOf(fc.tuple(value, value)),
    fc.tuple(constant, fc.array(value, few)).map(([same, truth]) => truth.map((one): [T, T] => [one, same])),
    fc.tuple(constant, fc.array(value, few)).map(([same, answers]) => answers.map((one): [T, T] => [same, one])),
    fc.array(value, few).map((truth) => truth.map((one): [T, T] => [one, one])),
  );

const amount = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.double({ min: 0.01, max: 1000, noNaN: true, noDefaultInfinity: true }),
);
const anyNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), amount);
const probability = fc.oneof(
  fc.integer({ min: 0, max: 10 }).map((tenth) => tenth / 10),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const letters = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 6 });
const onlyPositive = /log|rmsle|msle|deviance/;

const unzipped = <A, B>(rows: readonly (readonly [A, B])[]) => ({
  truth: rows.map(([truth]) => truth),
  predicted: rows.map(([, predicted]) => predicted),
});

const compared = (metric: Metric): fc.Arbitrary<Compared> => {
  switch (metric.input) {
    case "number":
      // Of a constant with fractions scikit-learn's spread is what rounding leaves of 0.
      return pairs(onlyPositive.test(metric.name) ? amount : anyNumber, fc.integer({ min: 1, max: 5 })).map((rows) => ({
        input: "numbers",
        metric,
        ...unzipped(rows),
      }));
    case "label":
      return pairs(fc.integer({ min: 0, max: metric.ofTwo ? 1 : 5 })).map((rows) => ({
        input: "numbers",
        metric,
        ...unzipped(rows),
      }));
    case "probability":
      return rowsOf(fc.tuple(fc.integer({ min: 0, max: 1 }), probability)).map((rows) => ({
        input: "numbers",
        metric,
        ...unzipped(rows),
      }));
    case "class-probabilities":
      return fc.integer({ min: 3, max: 5 }).chain((columns) =>
        rowsOf(
          fc.tuple(
            fc.integer({ min: 0, max: columns - 1 }),
            fc.array(probability, { minLength: columns, maxLength: columns }),
          ),
        ).map((rows): Compared => {
          const { truth, predicted } = unzipped(rows);
          const values = Float64Array.from(predicted.flatMap(normalised));
          return { input: "class-probabilities", metric, truth, predicted: { values, columns } };
        }),
      );
    case "ranking":
      return fc.array(fc.tuple(letters, letters), few).map((rows) => ({
        input: "ranking",
        metric,
        ...unzipped(rows.map(([right, answered]) => [[...new Set(right)], answered] as const)),
      }));
    case "text":
      return fc.array(fc.tuple(letters, letters), few).map((rows) => ({
        input: "text",
        metric,
        ...unzipped(rows.map(([a, b]) => [a.join(" "), b.join(" ")] as const)),
      }));
  }
};

const normalised = (row: readonly number[]): readonly number[] => {
  const sum = row.reduce((total, value) => total + value, 0);
  return row.map((value) => (sum === 0 ? 1 / row.length : value / sum));
};

/** As the reference reads it. */
const asCase = (one: Compared) => {
  const predicted =
    one.input === "class-probabilities"
      ? one.truth &&
        Array.from({ length: one.truth.length }, (_, row) => [
          ...one.predicted.values.subarray(row * one.predicted.columns, (row + 1) * one.predicted.columns),
        ])
      : one.predicted;
  return { name: one.metric.name, input: one.metric.input, truth: one.truth, predicted };
};

const reference = async (cases: readonly Compared[]): Promise<readonly (number | null)[]> => {
  const python = await findScriptsPython();
  const child = spawn(python, [fileURLToPath(new URL("reference.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(cases.map(asCase)));
  return JSON.parse(await text(child.stdout));
};

const samples = 40;
const cases = forms.flatMap((metric, at) => fc.sample(compared(metric), { numRuns: samples, seed: 1 + at }));
let expected: readonly (number | null)[] = [];
beforeAll(async () => {
  expected = await reference(cases);
}, 900_000);

describe("agrees with scikit-learn, ties, constant predictions and missing classes included:", () => {
  it.each(forms.map((metric, at) => [metric.name, metric.input, at] as const))("%s of a %s", (_name, _input, at) => {
    const own = cases.slice(at * samples, (at + 1) * samples);
    const theirs = expected.slice(at * samples, (at + 1) * samples);
    expect(theirs.filter((value) => value !== null).length).toBeGreaterThan(samples / 4);
    for (const [row, one] of own.entries()) {
      const [ours, wanted] = [scoreOf(one), theirs[row] ?? Number.NaN];
      const isSame = Number.isNaN(wanted)
        ? Number.isNaN(ours)
        : Math.abs(ours - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
      if (!isSame) expect.fail(`${ours} is not ${wanted}: ${JSON.stringify(asCase(one))}`);
    }
  });
});
