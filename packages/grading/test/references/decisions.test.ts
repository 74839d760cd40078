import { classesOf } from "@aide-ts/evaluation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask } from "./ask.ts";

const places = z.array(z.number());
const decided = async (metric: string, probabilities: number[][], priors: number[]) =>
  (await ask("labels", [[metric, probabilities, priors]], places))[0];

describe("the label that a metric rewards", () => {
  it("is the most probable one for accuracy", async () => {
    const rows = [
      [0.7, 0.2, 0.1],
      [0.4, 0.1, 0.5],
    ];
    expect(await decided("accuracy", rows, [0.8, 0.1, 0.1])).toEqual([0, 2]);
  });

  it("is the one that grew most beside its share for balanced accuracy", async () => {
    expect(await decided("balanced_accuracy", [[0.8, 0.2]], [0.9, 0.1])).toEqual([1]);
  });

  it("is the positive one of a rare class for F1, down to half of the F1 that is expected", async () => {
    const rows = [0.45, 0.4, 0.35, 0.05, 0.02].map((value) => [1 - value, value]);
    expect(await decided("f1", rows, [0.8, 0.2])).toEqual([1, 1, 1, 0, 0]);
  });

  it("lies in the middle where grades far apart are as probable, for weighted kappas", async () => {
    expect(await decided("quadratic_kappa", [[0.5, 0, 0.5]], [0.4, 0.2, 0.4])).toEqual([1]);
  });
});

const label = fc.oneof(
  fc.constantFrom("yes", "No", "1", "0", "2", "10", "1.0", "true", "FALSE", "b", "a", "Pos", "-3"),
  fc.string({ minLength: 1, maxLength: 3, unit: "grapheme-ascii" }).filter((text) => !/^\s*$|^\s*0[xob]/i.test(text)),
);

describe("classes", () => {
  it("are always those of the grader, two of them with the same positive one", async () => {
    const cases = fc.sample(fc.array(label, { minLength: 2, maxLength: 8 }), 500);
    const found = await ask(
      "classes",
      cases.map((cells) => [cells, null]),
      z.tuple([z.array(z.string()), z.array(z.number()), z.number()]),
    );
    found.forEach(([labels, codes, positive], at) => {
      const cells = cases[at]!;
      const known = classesOf(cells);
      expect([...labels].toSorted()).toEqual([...known].toSorted());
      if (known.length === 2) expect(labels[positive]).toBe(known[1]);
      else expect(labels).toEqual(known);
      codes.forEach((code, place) =>
        expect(labels[code] === cells[place] || Number(labels[code]) === Number(cells[place])).toBe(true),
      );
    });
  });
});
