import type { Evaluation, EvaluatorHost, Execution, Fold, Lab, Rivals, Script, Solution } from "@aide-ts/plugin";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@aide-ts/core";
import { advantages, isOutOfTheRace, pairedDifference, type PartScore } from "../src/evaluators/paired.ts";
import { heldOut, metricNamed, standardError, type Compared } from "../src/index.ts";
import type { NumberMetric } from "../src/metrics/metric.ts";
import { pairedError } from "../src/metrics/standard-error.ts";

const keys = Array.from({ length: 40 }, (_, at) => String(at));
const submission = { columns: ["id", "y"], id: ["id"], keys, kind: "value" as const, targets: ["y"] };
const held = {
  truth: new Map(keys.slice(0, 20).map((key, at) => [key, [String(at)] as const])),
  train: keys.map((key) => [key]),
};
const folds: readonly Fold[] = [2, 3, 4, 5].map((number) => ({ data: `fold-${number}`, submission, heldOut: held }));

const hostIn = (runFolder: string): EvaluatorHost => ({
  cacheFolder: "",
  runFolder,
  env: () => undefined,
  log: () => undefined,
  task: { goal: "g", metric: "mae", direction: "minimize" },
  submission,
  heldOut: held,
  folds,
});

/** A submission whose mean absolute error is `off`. */
const answers = (off: number, scatter = 0): string =>
  `id,y\n${keys.map((key, at) => `${key},${at + off + (at % 2 === 0 ? scatter : -scatter)}`).join("\n")}\n`;

const execution = (more: Partial<Execution> = {}): Execution => ({
  id: "x",
  fate: "ok",
  output: "",
  seconds: 1,
  artifacts: ["submission/submission.csv"],
  ...more,
});

const solution = (
  values: readonly number[],
  mean = values.reduce((sum, one) => sum + one, 0) / values.length,
): Solution => ({
  id: "0-0",
  proposal: 0,
  parents: [],
  candidate: { plan: "", code: "y" },
  evaluation: {
    valid: true,
    score: { value: mean, source: "held-out", folds: values },
    scores: [],
    feedback: "",
  },
});

const freshFolder = (): string => mkdtempSync(join(tmpdir(), "aide-held-out-"));

interface Asked {
  readonly code?: string;
  readonly runFolder?: string;
  /** Added to every other row, and taken from the rest. */
  readonly scatter?: number;
  /** The error of each part, in order; a fate where its script does not end well. */
  readonly parts: readonly (number | Execution["fate"])[];
  readonly rivals?: Rivals;
  readonly options?: { readonly race: boolean; readonly seconds: number };
}

const judge = async ({
  code = "x",
  runFolder = freshFolder(),
  scatter = 0,
  parts,
  rivals = {},
  options = { race: true, seconds: 60 },
}: Asked) => {
  const asked: (string | undefined)[] = [];
  const partOf = (name: string | undefined) => parts[name === undefined ? 0 : Number(name.slice(5)) - 1] ?? 0;
  const lab = {
    execute: async ({ data }: Script) => {
      asked.push(data);
      const part = partOf(data);
      return execution({ id: data ?? "", ...(typeof part === "string" ? { fate: part } : {}) });
    },
    read: async ({ id }: Execution) => Buffer.from(answers(Number(partOf(id === "x" ? undefined : id)), scatter)),
  } as unknown as Lab;
  const candidate = { plan: "", code };
  const evaluation = await heldOut
    .create(options, hostIn(runFolder))
    .evaluate({ candidate, execution: execution(), rivals }, undefined, lab);
  return { evaluation: evaluation as Evaluation, asked };
};

describe("a score on folds", () => {
  it("is the mean over all parts, with the parts beside it", async () => {
    const { evaluation, asked } = await judge({ parts: [1, 2, 3, 4, 5] });
    expect(asked).toEqual(["fold-2", "fold-3", "fold-4", "fold-5"]);
    expect(evaluation).toMatchObject({ valid: true, score: { value: 3, folds: [1, 2, 3, 4, 5] } });
    expect(evaluation.feedback).toMatch(
      /^mae 3 on rows it has not seen, in 5 parts\.\nLower is better; a constant scores \d/,
    );
  });

  it("is told apart from the parent's, or is not", async () => {
    const parent = solution([2, 2, 2, 2, 2]);
    const better = await judge({ parts: [1, 1.1, 0.9, 1, 1], rivals: { parent } });
    expect(better.evaluation.feedback).toContain(
      "That is better than the solution that it was made from, by 1.00 ± 0.03.",
    );
    const worse = await judge({ parts: [3, 3.1, 2.9, 3, 3], rivals: { parent } });
    expect(worse.evaluation.feedback).toContain(
      "That is worse than the solution that it was made from, by 1.00 ± 0.03.",
    );
    const same = await judge({ parts: [2, 2, 2, 2, 2], rivals: { parent } });
    expect(same.evaluation.feedback).toContain("It predicts the same as the solution that it was made from.");
    const alike = await judge({ parts: [1, 3, 1, 3, 2.2], rivals: { parent } });
    expect(alike.evaluation.feedback).toContain(
      "It cannot be told apart from the solution that it was made from (0.04 ± 0.4).",
    );
  });

  it("ends early where a solution is clearly worse than the best, and is put on the scale of all parts", async () => {
    const best = solution([1, 3, 1, 3, 2]);
    const parent = best;
    const lost = await judge({ parts: [9, 9, 9, 9, 9], rivals: { best, parent } });
    expect(lost.asked).toEqual([]);
    expect(lost.evaluation).toMatchObject({ valid: true, score: { value: 2 + 8, folds: [9] } });
    expect(lost.evaluation.feedback).toContain("in 1 of 5 parts.");
    const options = { race: false, seconds: 60 };
    const all = await judge({ parts: [9, 9, 9, 9, 9], rivals: { best, parent }, options });
    expect(all.asked).toHaveLength(4);
    const ahead = await judge({ parts: [0, 0, 0, 0, 0], rivals: { best, parent } });
    expect(ahead.asked).toHaveLength(4);
  });

  it("is had on all parts by what was made from nothing, since a blend may need it", async () => {
    const { asked } = await judge({ parts: [9, 9, 9, 9, 9], rivals: { best: solution([1, 3, 1, 3, 2]) } });
    expect(asked).toHaveLength(4);
  });

  it("takes no more seconds than it may", async () => {
    const { asked } = await judge({ parts: [1, 1, 1, 1, 1], options: { race: true, seconds: 3 } });
    expect(asked).toEqual(["fold-2", "fold-3"]);
  });

  it("is refused where the script fails with other rows held back", async () => {
    const { evaluation, asked } = await judge({ parts: [1, 1, "crash", 1, 1] });
    expect(asked).toEqual(["fold-2", "fold-3"]);
    expect(evaluation).toMatchObject({ valid: false, cause: "crash" });
    expect(evaluation.feedback).toMatch(
      /^The script worked on one part of the rows, and not with others held back\.\n/,
    );
  });
});

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 6 });

describe("paired differences", () => {
  it("change their sign with the direction and with who is compared with whom", () => {
    fc.assert(
      fc.property(values, values, (ours, theirs) => {
        const [there, back] = [advantages("minimize", ours, theirs), advantages("minimize", theirs, ours)];
        expect(there).toEqual(back.map((one) => 0 - one));
        expect(advantages("maximize", ours, theirs)).toEqual(there.map((one) => 0 - one));
      }),
    );
  });

  const known = (...all: readonly number[]): readonly PartScore[] => all.map((value) => ({ value, compared: [] }));

  it("have no error where every part says the same, and are unknown of one part", () => {
    expect(pairedDifference("maximize", known(1), known(0))).toBeUndefined();
    expect(pairedDifference("maximize", known(), known(0))).toBeUndefined();
    expect(pairedDifference("maximize", known(1, 2, 3), known(0, 1, 2))).toEqual({ better: 1, error: 0, parts: 3 });
  });

  it("are of rows where what both answered is known, also after a restart, and of parts where it is not", async () => {
    const runFolder = freshFolder();
    const before = await judge({ code: "y", runFolder, parts: [3, 3.4, 2.6, 3.2, 2.8], scatter: 1 });
    const parent = { ...solution([]), evaluation: before.evaluation };
    const asked: Asked = { runFolder, parts: [2.8, 3.2, 2.3, 3.1, 2.6], scatter: 1.05, rivals: { parent } };
    const gain = /by ([\d.]+) ± ([\d.]+)\./;
    const [, better, overRows] = gain.exec((await judge(asked)).evaluation.feedback) ?? [];
    expect(Number(better)).toBeCloseTo(0.2);
    const again = await judge(asked);
    expect(gain.exec(again.evaluation.feedback)).toMatchObject({ 1: better, 2: overRows });
    rmSync(join(runFolder, "predictions"), { recursive: true });
    const [, same, overParts] = gain.exec((await judge(asked)).evaluation.feedback) ?? [];
    expect(Number(same)).toBeCloseTo(Number(better));
    expect(overParts).not.toBe(overRows);
  });

  it("of rows have the error that many draws of rows show", () => {
    const random = seededRandom("pairs");
    const rows = Array.from({ length: 400 }, () => ({ truth: random() * 10, hard: random() * 4, off: random() }));
    const compared = (predicted: (row: (typeof rows)[number]) => number): Compared => ({
      input: "numbers",
      metric: metricNamed("mae") as NumberMetric,
      truth: Float64Array.from(rows, ({ truth }) => truth),
      predicted: Float64Array.from(rows, predicted),
    });
    const [one, other] = [
      compared(({ truth, hard }) => truth + hard),
      compared(({ truth, hard, off }) => truth + hard + off),
    ];
    const expected = Math.sqrt(1 / 12 / rows.length);
    expect(pairedError(one, other)).toBeGreaterThan(0.7 * expected);
    expect(pairedError(one, other)).toBeLessThan(1.4 * expected);
    expect(standardError(one)).toBeGreaterThan(3 * expected);
  });

  it("never end a race that is not behind on every part", () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.001, max: 10, noNaN: true }), (differences, error) => {
        const errors = differences.map(() => error);
        expect(isOutOfTheRace([...differences, 0], [...errors, error])).toBe(false);
        expect(isOutOfTheRace(differences.map(Math.abs), errors)).toBe(false);
      }),
    );
  });
});
