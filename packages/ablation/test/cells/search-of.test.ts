import type { Layer } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { searchOf, takenSearches } from "../../src/cells/search-of.ts";
import { searchesText } from "../../src/report/provenance.ts";
import { cell } from "../outcomes/outcomes.ts";

const planWith = (base: Layer, changes: Readonly<Record<string, Layer>>) => ({
  base,
  arms: Object.entries(changes).map(([name, change]) => ({ name, change })),
});

const taken = (base: Layer, changes: Readonly<Record<string, Layer>>) =>
  takenSearches(planWith(base, changes)).map(({ arm, of }) => `${arm.name} of ${of.name}`);

describe("a search is shared by arms that differ", () => {
  it("in the blend, the last run and the fresh parts", () => {
    const base = { ensemble: "greedy", holdout: { folds: "auto", fresh: "auto" } };
    const changes = { all: {}, single: { ensemble: "off" }, last: { refit: false }, none: { holdout: { fresh: 0 } } };
    expect(taken(base, changes)).toEqual(["single of all", "last of all", "none of all"]);
  });

  it("and agree in all else, whatever is written in which order", () => {
    const changes = {
      one: { holdout: { folds: 5, fresh: 2 }, search: "uct" },
      two: { search: "uct", ensemble: "greedy", holdout: { folds: 5 } },
      three: { holdout: { folds: 3, fresh: 2 }, search: "uct" },
    };
    expect(taken({}, changes)).toEqual(["two of one"]);
    expect(taken({}, { plain: {}, fresh: { holdout: { fresh: 2 } } })).toEqual(["fresh of plain"]);
  });

  it("and is an arm's own where no earlier one is like it", () => {
    const plan = planWith({}, { one: { steps: 1 }, two: { steps: 2 } });
    expect(plan.arms.map((arm) => searchOf(plan, arm).name)).toEqual(["one", "two"]);
  });
});

it("a report names the arms whose cells made no search of their own", () => {
  const outcomes = [
    cell("all", 0),
    cell("all", 1),
    cell("single", 0, { searchOf: "all/0" }),
    cell("single", 1, { searchOf: "all/1" }),
  ];
  expect(searchesText(outcomes)).toEqual([
    "2 cells of single ended the searches of all in another way, and made none of their own.",
  ]);
  expect(searchesText(outcomes.slice(0, 2))).toEqual([]);
});
