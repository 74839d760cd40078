import { describe, expect, it } from "vitest";
import { repairTables, type Row } from "../src/index.ts";

const cell = (name: string, arm: string, more: Partial<Row> = {}): Row => ({
  case: name,
  task: name.startsWith("a") ? "one" : "two",
  kind: name.endsWith("1") ? "import" : "logic",
  arm,
  setup: "",
  outcome: "not-fixed",
  calls: 2,
  tokens: 100,
  generated: 40,
  executions: 2,
  seconds: 1,
  ...more,
});
const patch = { editDistance: 3, hunks: 1, changedRatio: 0.1 };

const rows = [
  cell("a1", "repair", { outcome: "fixed", patch, noted: "fixed", tokens: 50 }),
  cell("a2", "repair", { noted: "declined" }),
  cell("b1", "repair", { outcome: "fixed", patch: { ...patch, editDistance: 5 }, noted: "fixed" }),
  cell("b2", "repair", { outcome: "stopped" }),
  cell("a1", "again"),
  cell("a2", "again", { outcome: "fixed" }),
  cell("b1", "again"),
];

const lines = repairTables(rows, ["repair", "again"], ["again"]).split("\n");

describe("the tables of the repair benchmark", () => {
  it("count what was fixed, by task and kind, and leave out what was stopped", () => {
    expect(lines).toContain("| repair | 2 of 3 | 21–94 % | 1 of 2 | 1 of 1 |");
    expect(lines).toContain("| repair | 2 of 2 | 0 of 1 |");
    expect(lines).toContain("| again | 0 of 2 | 1 of 1 |");
  });

  it("give medians of patches that fixed, and of what every draft cost", () => {
    expect(lines).toContain("| repair | 4 | 1 | 10 % | 2 | 100 | 40 | 2 |");
  });

  it("compare on the same drafts", () => {
    expect(lines).toContain("| repair | 2 : 1 of 3, p 1 |");
    expect(lines).toContain("| again |  |");
  });

  it("leave out pairs where there is nothing to compare with", () => {
    expect(repairTables(rows, ["repair"], [])).not.toContain("On the same drafts");
  });

  it("adjust how likely a difference is for the arms that are compared with the same one", () => {
    const drafts = Array.from({ length: 10 }, (_, at) => `a${at}`);
    const all = drafts.flatMap((name) => [
      cell(name, "repair", { outcome: "fixed" }),
      cell(name, "half", { outcome: name < "a5" ? "fixed" : "not-fixed" }),
      cell(name, "never"),
    ]);
    const tables = repairTables(all, ["repair", "half", "never"], ["never"]);
    expect(tables).toContain("| repair | 10 : 0 of 10, p 0.0039 |");
    expect(tables).toContain("| half | 5 : 0 of 10, p 0.063 |");
  });

  it("count how rounds ended", () => {
    expect(lines).toContain("| strategy | declined | fixed |");
    expect(lines).toContain("| repair | 1 | 2 |");
  });
});
