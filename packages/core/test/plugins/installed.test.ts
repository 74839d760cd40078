import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installedPlugins } from "../../src/index.ts";

const project = (manifest: object | string, packages: Readonly<Record<string, object>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), "aide-project-"));
  writeFileSync(join(folder, "package.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  for (const [name, described] of Object.entries(packages)) {
    const at = join(folder, "node_modules", name);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, "package.json"), JSON.stringify({ name, version: "1.2.3", ...described }));
    writeFileSync(join(at, "index.js"), "throw new Error('loaded');");
  }
  return folder;
};

const keywords = ["aide", "aide-plugin"];

it("packages of plugins that a project has installed are listed by what they say of themselves, and not loaded", async () => {
  const folder = project(
    {
      dependencies: { "aide-strategy-one": "^1", yaml: "^2", "aide-gone": "^1" },
      devDependencies: { "@them/aide-search-two": "^1" },
    },
    {
      "aide-strategy-one": {
        keywords,
        description: "Does one thing.",
        aide: { kind: "strategy" },
        exports: "./index.js",
      },
      "@them/aide-search-two": { keywords },
      yaml: { keywords: ["yaml"] },
      "aide-unnamed": { keywords },
    },
  );
  expect(await installedPlugins(folder)).toEqual([
    { package: "@them/aide-search-two", version: "1.2.3", kind: undefined, description: "" },
    { package: "aide-strategy-one", version: "1.2.3", kind: "strategy", description: "Does one thing." },
  ]);
});

it.each(["", "{", "[]", '{"dependencies": 3}', '{"dependencies": {"../x": "1", "": "1"}}'])(
  "there are none where package.json is %j",
  async (text) => {
    expect(await installedPlugins(project(text))).toEqual([]);
  },
);

it("there are none where there is no project", async () => {
  expect(await installedPlugins(mkdtempSync(join(tmpdir(), "aide-none-")))).toEqual([]);
});
