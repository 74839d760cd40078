import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask } from "./ask.ts";

/** Numbers as tables have them: with few digits, ties and gaps. */
const cell = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: -100_000, max: 100_000 }).map((whole) => whole / 100),
);
const gap = fc.constant(null);
const map = fc.record({
  scale: fc.constantFrom(0.0137, 1 / 3, 0.731, 3.7, 41.9),
  shift: fc.constantFrom(-1204.4, -12.1, 0.1, 5.77, 811.3),
});
const column = fc.record({
  train: fc.array(fc.oneof({ weight: 9, arbitrary: cell }, gap), { minLength: 5, maxLength: 60 }),
  test: fc.array(fc.oneof({ weight: 9, arbitrary: cell }, gap), { minLength: 1, maxLength: 20 }),
  map,
});

const through = (values: readonly (number | null)[], { scale, shift }: { scale: number; shift: number }) =>
  values.map((value) => (value === null ? null : scale * value + shift));

const pair = z.tuple([z.array(z.number().nullable()), z.array(z.number().nullable())]).nullable();

describe("a column of numbers", () => {
  it.each(["standardised", "quantiles"])("is %s to the same in every unit and from every zero", async (scaling) => {
    const columns = fc.sample(column, 300);
    const own = await ask(
      "scaled",
      columns.map(({ train, test }) => [scaling, train, test]),
      pair,
    );
    const twins = await ask(
      "scaled",
      columns.map(({ train, test, map: given }) => [scaling, through(train, given), through(test, given)]),
      pair,
    );
    let same = 0;
    own.forEach((one, at) => {
      const [cells, others] = [one?.flat() ?? [], twins[at]?.flat() ?? []];
      expect(others.length).toBe(cells.length);
      cells.forEach((value, place) => {
        if (value === null) expect(others[place]).toBeNull();
        else expect(Math.abs(value - others[place]!)).toBeLessThan(2e-9);
      });
      if (cells.every((value, place) => value === others[place])) same++;
    });
    // Rounding away float error leaves the same bits, but where a value lies on the edge of two.
    expect(same).toBeGreaterThan(0.98 * columns.length);
  });
});

const target = fc.record({ values: fc.uniqueArray(cell, { minLength: 6, maxLength: 60 }), map });
const two = z.tuple([z.array(z.number()), z.array(z.number())]);

describe("a target of numbers", () => {
  it.each([
    { name: "plain", metric: "rmse", shifts: true },
    { name: "log", metric: "rmse", shifts: true },
    { name: "shares", metric: "mae", shifts: true },
    { name: "plain", metric: "rmsle", shifts: false },
    { name: "log", metric: "rmsle", shifts: false },
    { name: "shares", metric: "poisson_deviance", shifts: false },
  ])("is fitted as the same in every unit: $name for $metric", async ({ name, metric, shifts }) => {
    const targets = fc.sample(target, 200).map(({ values, map: given }) => ({
      values: shifts ? values : values.map(Math.abs),
      given: shifts ? given : { ...given, shift: 0 },
    }));
    const own = await ask(
      "target",
      targets.map(({ values }) => [name, metric, values]),
      two,
    );
    const twins = await ask(
      "target",
      targets.map(({ values, given }) => [name, metric, through(values, given)]),
      two,
    );
    own.forEach(([fitted, back], at) => {
      const { values } = targets[at]!;
      const spread = Math.max(...values) - Math.min(...values);
      fitted.forEach((value, place) => expect(Math.abs(value - twins[at]![0][place]!)).toBeLessThan(1e-8));
      back.forEach((value, place) => expect(Math.abs(value - values[place]!) / spread).toBeLessThan(1e-6));
    });
  });
});
