import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pathsBelow } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "aide-paths-"));
mkdirSync(join(folder, "configs", "models"), { recursive: true });
mkdirSync(join(folder, ".git"));
for (const file of ["a.yaml", "b.md", "configs/c.yaml", ".env.yaml"]) writeFileSync(join(folder, file), "");
const isYaml = (file: string) => file.endsWith(".yaml");

it.each([
  ["", ["a.yaml", "configs/"]],
  ["c", ["configs/"]],
  ["configs/", ["configs/c.yaml", "configs/models/"]],
  ["./", ["./a.yaml", "./configs/"]],
  ["configs/../a", ["configs/../a.yaml"]],
  [".", [".env.yaml", ".git/"]],
  ["nothing/", []],
  [`${folder}/a`, [`${folder}/a.yaml`]],
])('"%s" may become %j', async (partial, paths) => {
  expect(await pathsBelow(partial, folder, isYaml)).toEqual(paths);
});
