import { describe, expect, it } from "vitest";
import { readCases, runCase, type Expected, type Outcome } from "./cases.ts";

const check = ({ code, out, err, score, submission }: Outcome, expected: Expected): void => {
  expect({ err, code }).toEqual({ err: "", code: 0 });
  if (typeof expected.score === "number") expect(score).toBeCloseTo(expected.score, decimals(expected.score));
  else if (expected.score !== undefined) {
    expect(score).toBeGreaterThanOrEqual(expected.score[0]);
    expect(score).toBeLessThanOrEqual(expected.score[1]);
  }
  if (expected.held !== undefined) expect(out).toMatch(new RegExp(`held +${expected.held} of `));
  for (const text of expected.says ?? []) expect(out).toContain(text);
  const [header, ...rows] = submission;
  if (expected.header !== undefined) expect(header).toBe(expected.header);
  if (expected.rows !== undefined) expect(rows).toHaveLength(expected.rows);
  if (expected.first !== undefined) expect(rows[0]?.split(",")[0]).toBe(expected.first);
  const { cells } = expected;
  if (cells !== undefined)
    expect(rows.filter((row) => !new RegExp(cells).test(row.split(",").at(-1) ?? ""))).toEqual([]);
};

const decimals = (value: number): number => String(value).split(".")[1]?.length ?? 0;

const cases = readCases().flatMap((one) =>
  one.answered.map((answered) => ({ one, answered, title: `${one.name}, ${String(answered)}` })),
);

describe("input folders as people have them", { timeout: 180_000 }, () => {
  it.concurrent.each(cases)("$title", async ({ one, answered }) => {
    const outcome = await runCase(one, answered);
    if (one.name === "labelledtest") {
      // The script hands the test file's own column back, which is not there any more.
      expect(outcome.code).toBe(1);
      expect(outcome.out).toContain("exception KeyError");
      expect(outcome.out).toContain("test.csv has satisfaction too");
      return;
    }
    check(outcome, one.expected);
  });
});
