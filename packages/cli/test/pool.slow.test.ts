import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parsePool, type Pool } from "@aide-ts/pool";
import { describe, expect, it } from "vitest";
import { aide, block, broken, freshFolder, good, project, runFolder, start } from "./aide.ts";

/** A script whose predictions are those of `good`, moved. */
const moved = (by: number): string => good.replace("line.intercept]", `line.intercept + ${by} / 3]`);

const read = (root: string): Pool => parsePool(readFileSync(join(root, "pool.json"), "utf8"), "pool.json");

interface Told {
  readonly landscapes: readonly {
    readonly name: string;
    readonly optimum: number;
    readonly rows: readonly {
      readonly search: string;
      readonly points: readonly { readonly steps: number; readonly regret: number }[];
      readonly tokens: number;
    }[];
  }[];
}

describe("aide pool", () => {
  it("freezes what runs found and replays it, the same each time", { timeout: 240_000 }, async () => {
    const answers = [broken, moved(5), moved(2), good, "pass"].map(block);
    const root = project(answers, { keys: "strategies: []\n" });
    for (const drafts of ["2", "3"])
      expect((await aide(["run", "budget.steps=5", `search.drafts=${drafts}`, "seed=1"], root)).code).toBe(0);

    const frozen = await aide(["pool", "freeze", "0", "1", "--out", "pool.json"], root);
    expect(frozen.err).toBe("");
    expect(frozen.out).toMatch(/^pool\.json {3}10 solutions of 2 runs, \d+ of them drafts, \d+ valid, \d+ with what/);
    const pool = read(root);
    const journals = [0, 1].map((run) => JSON.parse(readFileSync(join(runFolder(root, run), "journal.json"), "utf8")));
    expect(pool.runs.map(({ model, seed }) => ({ model, seed }))).toEqual([
      { model: "scripted", seed: 1 },
      { model: "scripted", seed: 1 },
    ]);
    expect(new Set(pool.runs.map(({ config }) => config)).size).toBe(2);
    expect(pool.nodes.map(({ seen }) => seen.valid)).toEqual(
      journals.flatMap(({ nodes }) => nodes.map(({ is_buggy }: { is_buggy: boolean }) => !is_buggy)),
    );
    for (const { seen, predictions, tokens, seconds } of pool.nodes) {
      expect(predictions === undefined).toBe(!seen.valid);
      expect(tokens).toBeGreaterThan(0);
      if (seen.valid) expect(seconds).toBeGreaterThan(0);
    }
    expect(pool.submission?.map(({ column, cells }) => [column, cells === null])).toEqual([
      ["id", false],
      ["y", true],
    ]);

    expect((await aide(["run", "budget.steps=1", "seed=2"], root)).code).toBe(1);
    const mixed = await aide(["pool", "freeze", "0", "2", "--out", "mixed.json"], root);
    expect(mixed.err).toContain("note     The runs held back different rows");
    expect(mixed.out).toContain(" 0 with what they submitted");

    const asked = ["pool", "replay", "pool.json", "--steps", "12", "--seeds", "4", "--json"];
    const { out, err, code } = await aide(asked, root);
    expect([err, code]).toEqual(["", 0]);
    expect((await aide(asked, root)).out).toBe(out);
    const { landscapes }: Told = JSON.parse(out);
    const best = Math.min(...pool.nodes.flatMap(({ seen }) => (seen.valid ? [seen.score] : [])));
    expect(landscapes).toMatchObject([{ name: "pool", optimum: best }]);
    expect(landscapes[0]!.rows.map(({ search }) => search).sort()).toEqual([
      "ab-mcts",
      "beam",
      "best-first",
      "evolutionary",
      "greedy",
      "random",
      "repeated-sampling",
      "uct",
    ]);
    for (const { points, tokens } of landscapes[0]!.rows) {
      expect(points.map(({ steps }) => steps)).toEqual([8, 12]);
      expect(tokens).toBeGreaterThan(0);
    }

    const selector = 'strategies=[{"use":"self-consistency","samples":3}]';
    const selected = await aide(["pool", "replay", "pool.json", "search=greedy", selector, "--seeds", "2"], root);
    expect(selected.err).toBe("");
    expect(selected.out).toMatch(/^pool {3}rmse, lower is better; .*; 2 seeds, self-consistency around the coder\n/);
    expect(selected.out).toMatch(/\n {2}greedy +\d\.\d{3} ± /);
  });

  it("replays on landscapes that need no run, with options and config files", { timeout: 60_000 }, async () => {
    const root = freshFolder();
    writeFileSync(join(root, "wide.yaml"), "search: { use: beam, width: 2, levels: 3 }\nslots: 2\n");
    const { out, err, code } = await aide(
      ["pool", "replay", "wide.yaml", "capped", "buggy", "search.width=3", "--steps", "9", "--seeds", "3"],
      root,
    );
    expect([err, code]).toEqual(["", 0]);
    expect(out.match(/^\w+(?= {3})/gm)).toEqual(["capped", "buggy"]);
    expect(out.match(/^ {2}beam /gm)).toHaveLength(2);
    const noted = await aide(["pool", "replay", "smooth", "search=uct", "budget.steps=3", "--seeds", "1"], root);
    expect(noted.err).toBe("note     budget has no effect: a replay has neither task nor model.\n");
  });

  it("stops when it is told to", { timeout: 30_000 }, async () => {
    const endless = start(["pool", "replay", "smooth", "capped", "--seeds", "999999", "search=uct"], freshFolder());
    setTimeout(() => endless.kill("SIGINT"), 2000);
    expect((await endless.ended).code).toBe(130);
  });

  it.each([
    [["pool"], /AIDE_COMMAND_UNKNOWN/],
    [["pool", "replay"], /AIDE_ARGUMENT.*\n.*Name a pool's file, or one of: smooth, capped, noisy, buggy/],
    [["pool", "replay", "smoth"], /AIDE_POOL_NOT_FOUND {2}"smoth"/],
    [["pool", "replay", "smooth", "--seeds", "none"], /AIDE_ARGUMENT {2}.*none is no whole number from 1/],
    [["pool", "replay", "smooth", "search=gredy"], /did you mean {2}"greedy"/],
    [["pool", "replay", "smooth", 'strategies=["plan-then-code"]'], /AIDE_POOL_MODEL {2}"plan-then-code" asks a model/],
    [["pool", "freeze"], /AIDE_RUN_NOT_FOUND/],
  ])("says what is wrong with %j", { timeout: 30_000 }, async (args, told) => {
    const { err, code } = await aide(args, freshFolder());
    expect(err).toMatch(told);
    expect(code).toBe(2);
  });

  it("says what is wrong with a file that is no pool", { timeout: 30_000 }, async () => {
    const root = freshFolder();
    writeFileSync(join(root, "pool.json"), '{"format":"aide-pool","version":1}');
    const { err, code } = await aide(["pool", "replay", "pool.json"], root);
    expect(err).toMatch(/AIDE_POOL_UNREADABLE/);
    expect(code).toBe(2);
  });
});
