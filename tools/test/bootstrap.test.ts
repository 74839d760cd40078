import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = (command: string, args: readonly string[]) => execFileSync(command, args, { cwd: root }).toString().trim();

describe("the bootstrap", () => {
  it("brings Node 24, whose install script pnpm must be told to run", () => {
    expect(run(`${root}node_modules/.bin/node`, ["--version"])).toMatch(/^v24\./);
  });

  it("leaves out binaries for GPUs and other machines", () => {
    const found = run("find", ["node_modules/.pnpm", "-maxdepth", "1", "-name", "@node-llama-cpp+*"]);
    expect(found).not.toMatch(/cuda|vulkan|win-/);
  });

  it.each([
    "packages/cli/bin/aide.mjs",
    "tools/bootstrap/toolchain.mjs",
    "tools/bootstrap/start.mjs",
    "tools/bootstrap/test.mjs",
  ])("%s imports nothing that is installed", (file) => {
    const imports = [...readFileSync(`${root}${file}`, "utf8").matchAll(/(?:from|import\() ?"([^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    expect(imports.filter((name) => !name.startsWith("node:") && !name.startsWith("."))).toEqual([]);
  });

  it("offers `aide` to npx in the clone", () => {
    expect(run(`${root}node_modules/.bin/aide`, ["--help"])).toContain("usage");
  });
});

describe("dependencies point one way", () => {
  const dependencies = (name: string): string[] => {
    const manifest = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"));
    return Object.keys(manifest.dependencies ?? {})
      .filter((one) => one.startsWith("@aide-ts/"))
      .sort();
  };

  it.each([
    ["plugin", []],
    ["core", ["@aide-ts/plugin"]],
    ["evaluation", ["@aide-ts/core", "@aide-ts/plugin"]],
    ["testing", ["@aide-ts/plugin"]],
    ["backend-llamacpp", ["@aide-ts/plugin"]],
    ["executor-local", ["@aide-ts/plugin"]],
    ["strategy-tree", ["@aide-ts/plugin"]],
    ["strategy-reflection", ["@aide-ts/plugin"]],
    ["viz", ["@aide-ts/plugin"]],
  ])("%s depends on %j of ours", (name, allowed) => {
    expect(dependencies(name)).toEqual(allowed);
  });
});
