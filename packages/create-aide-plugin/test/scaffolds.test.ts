import { execFile } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { pluginKinds } from "../src/index.ts";
import { otherVersions } from "../src/scaffold/manifest.ts";
import { onePluginOfEach, packageFolder } from "./scaffolded.ts";

const root = await onePluginOfEach();
const kinds = pluginKinds.map(({ kind }) => kind);

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

// The tests that come with each, the conformance suites among them. Those of the executor start Python for each: executor.slow.test.ts.
for (const kind of kinds.filter((one) => one !== "executor")) {
  describe(`the ${kind} that is generated`, async () => {
    await import(join(root, kind, "test/plugin.test.ts"));
  });
}

describe("what is generated", () => {
  it("type-checks with the settings that come with it", async () => {
    // In the place of the types of aide's packages stand their sources, which need more of the language.
    const sources = {
      lib: ["es2024", "esnext.disposable", "esnext.iterator", "esnext.collection", "esnext.error"],
      customConditions: ["@aide-ts/source"],
    };
    const config = { extends: "./strategy/tsconfig.json", compilerOptions: sources, include: ["*/src", "*/test"] };
    writeFileSync(join(root, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(packageFolder, "node_modules/typescript/bin/tsc");
    const checked = await promisify(execFile)(process.execPath, [tsc, "-p", root]).catch((error: unknown) => error);
    expect(checked).toMatchObject({ stdout: "" });
  });

  it.each(kinds)("has no name left to fill in: %s", (kind) => {
    for (const file of filesOf(join(root, kind)))
      expect(readFileSync(file, "utf8"), file).not.toMatch(/(PLUGIN|PACKAGE|CONFIG)_NAME/);
  });

  it.each(kinds)("has what a package needs to be published and found: %s", (kind) => {
    const read = (path: string): string => readFileSync(join(root, kind, path), "utf8");
    const manifest = JSON.parse(read("package.json"));
    expect(manifest).toMatchObject({
      name: `aide-${kind === "search" ? "strategy" : kind}-my-${kind}`,
      keywords: expect.arrayContaining(["aide-plugin"]),
      license: "MIT",
      publishConfig: { access: "public" },
      peerDependencies: { "@aide-ts/plugin": expect.stringMatching(/^>=0\.\d+\.0 <1$/) },
    });
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(["build", "test", "typecheck", "release"]));
    expect(read(".changeset/first-release.md")).toContain(`"${manifest.name}": minor`);
    expect(JSON.parse(read(".changeset/config.json"))).toMatchObject({ access: "public" });
    expect(parse(read(".github/workflows/ci.yml")).jobs.test.steps.at(-1)).toEqual({ run: "npm run build" });
    expect(parse(read(".github/workflows/release.yml")).permissions).toMatchObject({ "id-token": "write" });
    expect(read("LICENSE")).toContain(manifest.name);
    expect(read("README.md").split("\n")[0]).toBe(`# ${manifest.name}`);
    expect(read(".gitignore")).toContain("node_modules/");
  });

  it("is made for the versions that this repository is tested with", () => {
    const { catalog } = parse(readFileSync(join(packageFolder, "../../pnpm-workspace.yaml"), "utf8"));
    expect(catalog).toMatchObject(otherVersions);
  });
});
