import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Executor } from "@aide-ts/plugin";
import { executorConformance } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

const lines: string[] = [];

/** With the packages of the first Python found; the executor's own environment would be installed first. */
const open = async (): Promise<Executor> => {
  const root = await mkdtemp(join(tmpdir(), "executor-"));
  const data = { data: "a\n1\n", other: "a\n2\n" };
  for (const [name, text] of Object.entries(data)) {
    await mkdir(join(root, name));
    await writeFile(join(root, name, "data.csv"), text);
  }
  const options = await plugin.options["~standard"].validate({ packages: "installed", seconds: 60, grace: 1 });
  if (options.issues !== undefined) throw new Error(options.issues.map(({ message }) => message).join("; "));
  return plugin.create(options.value, {
    cacheFolder: join(root, "cache"),
    runFolder: root,
    dataFolder: join(root, "data"),
    dataView: (name) => (name === "other" ? join(root, "other") : undefined),
    workspaceFolder: join(root, "workspaces"),
    slots: 1,
    env: (name) => process.env[name],
    log: (line) => void lines.push(line),
  });
};

executorConformance({ describe, it }, { name: plugin.name, open });

describe("a script whose process died", () => {
  it("is run once more", async () => {
    await using executor = await open();
    const { signal } = new AbortController();
    const { id } = await executor.execute({ code: "import os\nos._exit(3)" }, { signal });
    expect(lines.at(-1)).toMatch(/died: its script is run once more/);
    expect(lines.at(-1)).not.toContain(id);
  });
});
