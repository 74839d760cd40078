import type { Outcome, Solution } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coderPrompts, readBlockDirections, seededRandom } from "../../../src/index.ts";
import { drawDirection } from "../../../src/coder/blocks/directions.ts";

const list = `# Ways
- \`add\`, ratios: Add \`a / b\` and more. \`{{body}}\`
- regression: \`make\`, average: Take two. \`return Mean([{{returned}}, \`
- classification: \`make\`, weights: Weigh with \`class_weight\`.
text
`;

const solution = (id: string, value: number, parent?: string, plan = ""): Solution => ({
  id,
  proposal: 0,
  parents: parent === undefined ? [] : [parent],
  candidate: { plan, code: id },
  evaluation: { valid: true, score: { value, source: "held-out" }, scores: [], feedback: "" },
});

const journalOf = (solutions: readonly Solution[]) => ({
  task: { goal: "", metric: "rmse", direction: "minimize" as const },
  outcomes: solutions.map((one, number): Outcome => ({
    number,
    proposal: { operator: "improve", parents: one.parents, memory: [], guidance: [] },
    solutions: [one],
    notes: {},
  })),
  pending: [],
  solution: (id: string) => solutions.find((one) => one.id === id),
});

describe("directions of functions", () => {
  it("name a function, and how it begins", () => {
    expect(readBlockDirections(list, ["regression", "mae"])).toEqual([
      { title: "add, ratios", function: "add", text: "Add `a / b` and more.", begins: "{{body}}" },
      { title: "make, average", function: "make", text: "Take two.", begins: "return Mean([{{returned}}, " },
    ]);
    expect(readBlockDirections(list, ["classification"]).map(({ title, begins }) => [title, begins])).toEqual([
      ["add, ratios", "{{body}}"],
      ["make, weights", ""],
    ]);
  });

  it.each(["regression", "classification"] as const)("of core are of functions that its frame has, for %s", (kind) => {
    const { "coder/block-directions": directions = "", "coder/frame": frame = "" } = coderPrompts();
    const read = readBlockDirections(directions, [kind, "mae"]);
    expect(read.length).toBe(
      directions
        .split("\n")
        .filter(
          (line) =>
            line.startsWith("- ") && !line.includes(kind === "regression" ? "- classification" : "- regression"),
        ).length,
    );
    for (const { function: name } of read) expect(frame).toContain(`def ${name}(`);
    expect(new Set(read.map(({ title }) => title)).size).toBe(read.length);
  });
});

describe("a drawn direction", () => {
  const [ratios, average] = readBlockDirections(list, ["regression", "mae"]);
  const draws = (solutions: readonly Solution[]): number => {
    const random = seededRandom(1);
    const journal = journalOf(solutions);
    return Array.from({ length: 400 }, () => drawDirection([ratios!, average!], journal, random)).filter(
      (direction) => direction === ratios,
    ).length;
  };
  const parent = solution("p", 1);
  const tries = (plan: string, ...values: readonly number[]): readonly Solution[] =>
    values.map((value, at) => solution(`${plan}-${at}`, value, "p", plan));

  it("is any of them at first", () => {
    expect(draws([parent])).toBeGreaterThan(150);
    expect(draws([parent])).toBeLessThan(250);
  });

  it("is more often one that made better solutions, and less often one that made worse ones, or the same again", () => {
    expect(draws([parent, ...tries("add, ratios", 0.5, 0.6, 0.4)])).toBeGreaterThan(260);
    expect(draws([parent, ...tries("add, ratios", 1.5, 1, 1)])).toBeLessThan(140);
    expect(draws([parent, ...tries("add, ratios", 0.5, 0.6), ...tries("make, average", 2, 2, 2)])).toBeGreaterThan(330);
  });

  it("is always one of those given, and none where there is none", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 2, noNaN: true })), fc.integer(), (values, seed) => {
        const drawn = drawDirection(
          [ratios!, average!],
          journalOf([parent, ...tries("add, ratios", ...values)]),
          seededRandom(seed),
        );
        expect([ratios, average]).toContain(drawn);
      }),
    );
    expect(drawDirection([], journalOf([]), seededRandom(1))).toBeUndefined();
  });
});
