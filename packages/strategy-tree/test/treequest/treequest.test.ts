import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { abMcts } from "../../src/index.ts";
import { isFull } from "../fuzz.ts";
import { kolmogorovSmirnov } from "../kolmogorov-smirnov.ts";
import { optionsOf } from "../options-of.ts";
import { searched } from "../searched.ts";
import { reward } from "./reward.ts";

const python = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide/live/treequest/bin/python");
const script = fileURLToPath(new URL("./run.py", import.meta.url));
const installed = existsSync(python);
if (!installed)
  console.log("treequest is not installed: ab-mcts is not compared with it. Run test/treequest/install.sh.");

const seeds = isFull ? 1000 : 80;
const nodes = 100;
const alpha = 0.001;

interface Shapes {
  readonly widths: readonly number[];
  readonly shares: readonly number[];
}

const known = new Map<string, Shapes>();
const theirs = (prior: string): Shapes => {
  const args = [script, "shapes", String(seeds), String(nodes), prior];
  const shapes: Shapes = known.get(prior) ?? JSON.parse(execFileSync(python, args, { encoding: "utf8" }));
  known.set(prior, shapes);
  return shapes;
};

const ours = (given: Record<string, unknown>): Shapes => {
  const widths: number[] = [];
  const shares: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const noise = seededRandom("noise", seed);
    const paths = new Map<string, readonly number[]>();
    const children = new Map<string, number>();
    const { outcomes } = searched(abMcts, optionsOf(abMcts, { bounds: [0, 1], ...given }), {
      steps: nodes,
      seed,
      direction: "maximize",
      score({ parents: [parent = ""] }, number) {
        const place = children.get(parent) ?? 0;
        children.set(parent, place + 1);
        const path = [...(paths.get(parent) ?? []), place];
        paths.set(`${number}-0`, path);
        return reward(path, noise());
      },
    });
    expect(outcomes).toHaveLength(nodes);
    const tops = [...paths.values()].map(([top = 0]) => top);
    const width = new Set(tops).size;
    widths.push(width);
    shares.push(
      Math.max(...Array.from({ length: width }, (_, top) => tops.filter((one) => one === top).length)) / nodes,
    );
  }
  return { widths, shares };
};

describe.skipIf(!installed)(`ab-mcts over ${seeds} seeds of ${nodes} nodes`, { timeout: 1_800_000 }, () => {
  for (const prior of ["gaussian", "beta"])
    it(`grows trees as treequest does, with the ${prior} prior`, () => {
      const [a, b] = [ours({ prior }), theirs(prior)];
      expect(kolmogorovSmirnov(a.widths, b.widths)).toBeGreaterThan(alpha);
      expect(kolmogorovSmirnov(a.shares, b.shares)).toBeGreaterThan(alpha);
    });

  it("would notice another prior", () => {
    const [a, b] = [ours({ gaussian: { tauSquared: 0.001 } }), theirs("gaussian")];
    expect(kolmogorovSmirnov(a.widths, b.widths)).toBeLessThan(alpha);
  });
});
