import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

const suite = plugin.create(
  {},
  {
    cacheFolder: "unused",
    runFolder: "unused",
    variables: {},
    env: () => undefined,
    log: () => undefined,
    onProgress: () => undefined,
    python: () => Promise.reject(new Error("No Python is needed.")),
  },
);

/** What it writes for these tasks, by path. */
const written = async (names: readonly string[]): Promise<Readonly<Record<string, string>>> => {
  const folder = mkdtempSync(join(tmpdir(), "suite-"));
  await suite.prepare(names, folder, new AbortController().signal);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((file) => [
    join(file.parentPath, file.name).slice(folder.length + 1),
    readFileSync(join(file.parentPath, file.name), "utf8"),
  ]);
  return Object.fromEntries(texts);
};

describe("the suite", () => {
  it("names each task once, by a name that is safe for files", () => {
    const names = suite.tasks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  });

  it.each(suite.tasks.map(({ name }) => name))(
    "writes %s with all its parts, the same bytes each time",
    async (name) => {
      const files = await written([name]);
      const parts = ["task.yaml", "public/train.csv", "public/test.csv", "private/answers.csv"];
      expect(Object.keys(files)).toEqual(expect.arrayContaining(parts.map((part) => join(name, part))));
      expect(await written([name])).toEqual(files);
    },
  );

  it("writes what it was asked for alone", async () => {
    expect(await written([])).toEqual({});
  });

  it("shows no answer to a run", async () => {
    const files = await written(["boats"]);
    expect(files[join("boats", "public/test.csv")]?.split("\n")[0]).toBe("boat,length,knots");
  });
});
