import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { readReferences, type Reference } from "../../src/index.ts";

const folder = fileURLToPath(new URL("../../../suite-tabular-small/references", import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.csv$/, ""));
const originals = names.filter((name) => !name.endsWith("-twin"));

const trees = ["decision tree", "random forest", "extra trees", "gradient boosting", "lightgbm", "xgboost"];
const of = new Map<string, readonly Reference[]>();

beforeAll(async () => {
  for (const name of names) of.set(name, await readReferences(join(folder, `${name}.csv`)));
});

const referencesOf = (name: string): readonly Reference[] => of.get(name) ?? [];

it("there are references of every task of the suite and of its twin", () => {
  expect(originals).toHaveLength(33);
  expect(names.filter((name) => name.endsWith("-twin"))).toEqual(originals.map((name) => `${name}-twin`));
});

describe.each(names)("references of %s", (name) => {
  it("are at least 100 pipelines of at least 8 families, and the best constant", () => {
    const pipelines = referencesOf(name).filter(({ family }) => family !== "trivial");
    expect(pipelines.length).toBeGreaterThanOrEqual(100);
    expect(new Set(pipelines.map(({ family }) => family)).size).toBeGreaterThanOrEqual(8);
    const all = referencesOf(name).map((one) => one.name);
    expect(all).toEqual(expect.arrayContaining(["trivial", "lightgbm-default", "blend", "flaml-60", "flaml-300"]));
  });
});

/** Letters of words are what a twin of texts does not keep; FLAML searches against a clock, and so finds something else each time. */
const mayDiffer = (name: string): boolean => name.includes("letters") || name.startsWith("flaml");

/** By which a metric of the twin is greater: its target is multiplied. */
const scaleOf = (original: readonly Reference[], twin: ReadonlyMap<string, number>): number => {
  const ratios = original.map(({ name, value }) => (twin.get(name) ?? Number.NaN) / value).filter(Number.isFinite);
  return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
};

describe.each(originals)("the twin of %s is no other task:", (name) => {
  it("pipelines score on it within a standard error, trees to 0.001", () => {
    const twin = new Map(referencesOf(`${name}-twin`).map((one) => [one.name, one.value]));
    const original = referencesOf(name).filter((one) => twin.has(one.name) && one.family !== "trivial");
    const scale = scaleOf(original, twin);
    const apart = original.flatMap(({ name: pipeline, family, value, error }) => {
      const difference = Math.abs((twin.get(pipeline) ?? Number.NaN) / scale - value);
      const most = trees.includes(family) ? 1e-3 * Math.abs(value) : error;
      return difference <= most || mayDiffer(pipeline) ? [] : [{ pipeline, difference, most }];
    });
    expect(original.length).toBeGreaterThanOrEqual(100);
    expect(apart).toEqual([]);
  });
});
