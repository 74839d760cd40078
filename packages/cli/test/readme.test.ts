import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { aide, fixtures, freshFolder, runFolder, smallTask } from "./aide.ts";

const packages = fileURLToPath(new URL("../../", import.meta.url));

/** The first block of TypeScript in a package's README. */
const example = (name: string): string =>
  /```ts\n(.*?)```/s.exec(readFileSync(join(packages, name, "README.md"), "utf8"))?.[1] ?? "";

describe("the README of @aide-ts/plugin", () => {
  it("shows a strategy that works as it stands", { timeout: 120_000 }, async () => {
    const root = freshFolder();
    smallTask(root);
    for (const [name, from] of [
      ["@aide-ts/plugin", join(packages, "plugin")],
      ["zod", join(packages, "run", "node_modules", "zod")],
    ] as const) {
      const link = join(root, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(from, link);
    }
    writeFileSync(join(root, "plan-first.ts"), example("plugin"));
    const backend = join(fixtures, "scripted-plugin.mjs");
    writeFileSync(
      join(root, "aide.config.yaml"),
      `data_dir: ./data\ngoal: Predict y\neval: RMSE\nstrategies: [./plan-first.ts]\nbackend: { use: ${backend} }\n`,
    );
    const { code, err } = await aide(["run", "budget.steps=1"], root);
    expect(err).toBe("");
    expect(code).toBe(0);
    const events = readFileSync(join(runFolder(root), "events.jsonl"), "utf8");
    expect(events).toContain('"phase":"plan"');
    expect(events).toContain("Write a short plan, no code.");
    expect(events).toContain("## Plan\\n");
  });
});
