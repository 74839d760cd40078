import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { aideJournal } from "@aide-ts/core";
import { play, sketchChains, sketchUct } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

/** AIDE itself, where `tools/aideml/install.sh` has put it; CI runs that first. */
const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
const python = join(cache, "aide", "aideml-0.2.2", "bin", "python");
const isThere = existsSync(python);
if (!isThere) console.log("skipped: AIDE's own reader, because it is not installed (bash tools/aideml/install.sh)");

const reader = fileURLToPath(new URL("../aideml/load_journal.py", import.meta.url));

interface Read {
  readonly nodes: number;
  readonly ids: readonly string[];
  readonly parents: Readonly<Record<string, string | null>>;
  readonly buggy: Readonly<Record<string, boolean>>;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly stages: Readonly<Record<string, string>>;
  readonly best: string | null;
}

const read = (file: string): Read => JSON.parse(execFileSync(python, [reader, file]).toString());

describe.skipIf(!isThere)("AIDE 0.2.2's own reader", { timeout: 120_000 }, () => {
  it.each(["minimize", "maximize"] as const)(
    "loads a journal to %s, and finds the same tree and the same best",
    async (direction) => {
      const task = { goal: "predict", metric: "rmse", direction };
      const { journal } = await play({
        task,
        strategies: sketchChains["self-consistency(reflection)"]!,
        search: () => sketchUct(),
        slots: 3,
        limits: { steps: 12 },
        run: ({ code }) =>
          code.includes("3")
            ? {
                fate: "exception",
                output: "Traceback …\nValueError: no",
                exception: {
                  type: "ValueError",
                  message: "no",
                  frames: [{ file: "runfile.py", line: 1, function: "<module>", source: code }],
                },
              }
            : { output: 'quotes " and ünicode\n' },
      });
      const { solutions } = journal;
      const file = join(mkdtempSync(join(tmpdir(), "aide-reader-")), "journal.json");
      writeFileSync(file, JSON.stringify(aideJournal(task, solutions, 1_700_000_000)));
      const found = read(file);
      expect(found.ids).toEqual(solutions.map(({ id }) => id));
      expect(found.parents).toEqual(
        Object.fromEntries(solutions.map(({ id, parents: [parent] }) => [id, parent ?? null])),
      );
      expect(found.buggy).toEqual(Object.fromEntries(solutions.map(({ id, evaluation }) => [id, !evaluation.valid])));
      expect(found.metrics).toEqual(
        Object.fromEntries(
          solutions.map(({ id, evaluation }) => [id, evaluation.valid ? evaluation.score.value : null]),
        ),
      );
      const scores = solutions.flatMap(({ evaluation }) => (evaluation.valid ? [evaluation.score.value] : []));
      const best = direction === "minimize" ? Math.min(...scores) : Math.max(...scores);
      expect(found.metrics[found.best ?? ""]).toBe(best);
      expect(new Set(Object.values(found.stages))).toEqual(new Set(["draft", "debug", "improve"]));
    },
  );

  it("loads the journals that are kept with the results", () => {
    const kept = fileURLToPath(new URL("../../docs/results/house-prices/house-prices/", import.meta.url));
    for (const seed of [0, 1, 2, 3, 4]) expect(read(join(kept, `seed-${seed}`, "journal.json")).nodes).toBe(12);
  });
});
