import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvaluatorHost, Execution, Fold, Script, Solution } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { Predictions } from "../src/evaluators/predictions.ts";
import { chooseAfresh, tiedWithBest } from "../src/index.ts";

const keys = Array.from({ length: 20 }, (_, at) => String(at));
const submission = { columns: ["id", "y"], id: ["id"], keys, kind: "value" as const, targets: ["y"] };
const held = { truth: new Map(keys.map((key, at) => [key, [String(at)] as const])), train: keys.map((key) => [key]) };
const part = (data: string): Fold => ({ data, submission, heldOut: held });
const host: EvaluatorHost = {
  cacheFolder: "",
  runFolder: mkdtempSync(join(tmpdir(), "aide-choice-")),
  env: () => undefined,
  log: () => undefined,
  task: { goal: "g", metric: "mae", direction: "minimize" },
  submission,
  heldOut: held,
  folds: [part("fold-2")],
};

/** Predictions that are off by this much, every other row up or down by as much more. */
const rows = (off: number, scatter = 0): readonly (readonly [string, readonly string[]])[] =>
  keys.map((key, at) => [key, [String(at + off + (at % 2 === 0 ? scatter : -scatter))]]);

const solution = async (id: string, off: number, scatter = 0, value = off): Promise<Solution> => {
  const answers = new Map(rows(off, scatter));
  const kept = { answers, heldOut: held };
  await new Predictions(host.runFolder).keep(`code ${id}`, [kept, kept]);
  const score = { value, source: "held-out" as const, folds: [value, value] };
  return {
    id,
    proposal: 0,
    parents: [],
    candidate: { plan: "", code: `code ${id}` },
    evaluation: { valid: true, score, scores: [score], feedback: "" },
  };
};

describe("solutions within the noise of the best", () => {
  it("are those within the error of their difference, the best first, each program once", async () => {
    const best = await solution("best", 1);
    const same = { ...best, id: "again" };
    const near = await solution("near", 1.02, 5, 1.02);
    const clear = await solution("clear", 2);
    const unknown: Solution = {
      ...(await solution("unknown", 1.01)),
      evaluation: { valid: false, cause: "crash", scores: [], feedback: "" },
    };
    const tied = await tiedWithBest([clear, near, same, best, unknown], host);
    expect(tied.map(({ candidate }) => candidate.code)).toEqual(["code best", "code near"]);
    expect(await tiedWithBest([unknown], host)).toEqual([]);
  });

  it("are at most four", async () => {
    const many = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((at) => solution(`s${at}`, 1 + at / 1000, at === 1 ? 5 : -5, 1 + at / 1000)),
    );
    expect((await tiedWithBest(many, host)).map(({ id }) => id)).toEqual(["s1", "s2", "s3", "s4"]);
  });
});

describe("a choice on other parts of the rows", () => {
  const fresh = [part("fresh-1"), part("fresh-2")];
  const asked: string[] = [];
  /** What each script is off by on each part; a fate where it does not end well. */
  const runs = (off: Readonly<Record<string, readonly (number | Execution["fate"])[]>>) => ({
    execute: async ({ code, data = "" }: Script): Promise<Execution> => {
      asked.push(`${code} ${data}`);
      const is = off[code]?.[Number(data.slice(6)) - 1] ?? 0;
      return {
        // What fails may have left a submission that looks perfect.
        id: typeof is === "number" ? String(is) : "0",
        fate: typeof is === "number" ? "ok" : is,
        output: "",
        seconds: 1,
        artifacts: ["submission/submission.csv"],
      };
    },
    read: async ({ id }: Execution) =>
      Buffer.from(
        `id,y\n${rows(Number(id))
          .map(([key, [y]]) => `${key},${y}`)
          .join("\n")}\n`,
      ),
  });
  const candidates = ["a", "b", "c"].map((name) => ({ name, code: name }));

  it("takes the best of them there, and what it has there", async () => {
    const choice = await chooseAfresh(candidates, fresh, host, runs({ a: [2, 2], b: [1, 2], c: [3, 3] }));
    expect(choice).toMatchObject({ kind: "chosen", parts: 2 });
    expect(choice.kind === "chosen" && choice.scores.map(({ name, value }) => [name, value])).toEqual([
      ["b", 1.5],
      ["a", 2],
      ["c", 3],
    ]);
    expect(asked).toEqual(["a fresh-1", "b fresh-1", "c fresh-1", "a fresh-2", "b fresh-2", "c fresh-2"]);
  });

  it("ends with the part on which scripts have taken five minutes together", async () => {
    const slow = (seconds: number) => {
      const { execute, read } = runs({ a: [2, 1, 1], b: [3, 3, 3] });
      return { read, execute: async (script: Script) => ({ ...(await execute(script)), seconds }) };
    };
    const parts = [...fresh, part("fresh-3")];
    const choose = (seconds: number) => chooseAfresh(candidates.slice(0, 2), parts, host, slow(seconds));
    expect(await choose(100)).toMatchObject({ parts: 2, scores: [{ name: "a", value: 1.5 }, { name: "b" }] });
    expect(await choose(10_000)).toMatchObject({ parts: 1, scores: [{ name: "a", value: 2 }, { name: "b" }] });
    expect(await choose(1)).toMatchObject({ parts: 3 });
  });

  it("leaves out what fails on one of them", async () => {
    const choice = await chooseAfresh(
      candidates,
      fresh,
      host,
      runs({ a: [0, "exception"], b: [5, 5], c: ["timeout"] }),
    );
    expect(choice.kind === "chosen" && choice.scores.map(({ name }) => name)).toEqual(["b"]);
  });

  it("is none where nothing works there, or no other part is there", async () => {
    expect(await chooseAfresh([{ name: "a", code: "a" }], fresh, host, runs({ a: ["crash"] }))).toMatchObject({
      kind: "none",
    });
    expect(await chooseAfresh(candidates, [], host, runs({}))).toMatchObject({ kind: "none" });
  });
});
