import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineFile } from "../../src/output/line-file.ts";
import { dpoPairs, sftExamples } from "../../src/index.ts";
import { playedRun, scenes, temporary } from "../made-up.ts";

const written = async (values: readonly unknown[]): Promise<readonly unknown[]> => {
  const path = join(temporary(), "deeper", "lines.jsonl");
  {
    await using file = await LineFile.open(path);
    for (const value of values) await file.append(value);
    await file.keep();
  }
  expect(existsSync(`${path}.part`)).toBe(false);
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(/^$|\n$/);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
};

describe("a file of lines", () => {
  it("gives back whatever was written, a line for each", async () => {
    // JSON has no negative zero.
    const value = fc.jsonValue({ stringUnit: "binary" }).map((one) => JSON.parse(JSON.stringify(one)));
    const values = fc.array(value, { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(values, async (all) => {
        expect(await written(all)).toEqual(all);
      }),
    );
  });

  it("gives back examples and pairs", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { run } = await playedRun(scene);
        const all = [...sftExamples(run), ...dpoPairs(run).pairs];
        expect(await written(all)).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });
});
