import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { allBinaries } from "../../packages/backend-llamacpp/src/library/variants.ts";
import { faultsOf } from "../release/faults.ts";
import type { Manifest, PackedPackage } from "../release/packed-package.ts";
import { renderTable } from "../release/table.ts";
import { releaseTag } from "../release/tag.ts";
import { missingBinaries, warningsOf } from "../release/warnings.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const url = "git+https://example.org/one.git";

const manifest: Manifest = {
  name: "@aide-ts/one",
  version: "1.2.3",
  description: "One.",
  license: "MIT",
  keywords: ["aide"],
  repository: { url, directory: "packages/one" },
  engines: { node: ">=22" },
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
  dependencies: { zod: "^4.0.0" },
};
const paths = ["LICENSE", "README.md", "CHANGELOG.md", "package.json", "dist/index.js", "dist/index.d.ts"];

interface Change {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly without?: string;
  readonly files?: Readonly<Record<string, number>>;
}

const packed = ({ manifest: changed = {}, without, files = {} }: Change = {}): PackedPackage => ({
  manifest: { ...manifest, ...changed },
  files: new Map([
    ...paths.filter((path) => path !== without).map((path) => [path, 100] as const),
    ...Object.entries(files),
  ]),
  packed: 250,
  sources: new Set(["index.ts"]),
});

describe("what is wrong with a package", () => {
  it("is nothing where all is there", () => {
    expect(faultsOf(packed(), url)).toEqual([]);
  });

  it.each<[string, Change, string]>([
    ["no licence in it", { without: "LICENSE" }, "has no LICENSE"],
    ["no README", { without: "README.md" }, "has no README.md"],
    ["no changes told", { without: "CHANGELOG.md" }, "has no CHANGELOG.md"],
    ["no licence named", { manifest: { license: undefined } }, "package.json says no license, or another one"],
    ["no keywords", { manifest: { keywords: [] } }, "package.json says no keywords, or another one"],
    ["no description", { manifest: { description: "" } }, "package.json says no description, or another one"],
    ["no engines", { manifest: { engines: {} } }, "package.json says no engines, or another one"],
    [
      "another repository",
      { manifest: { repository: { url: "git+https://example.org/two.git", directory: "packages/one" } } },
      "package.json says no repository, or another one",
    ],
    [
      "another folder of the repository",
      { manifest: { repository: { url, directory: "packages/two" } } },
      "package.json says no repository, or another one",
    ],
    ["an entry that is not built", { without: "dist/index.d.ts" }, "names dist/index.d.ts, which is not in it"],
    [
      "a command that is not there",
      { manifest: { bin: { one: "./bin/one.mjs" } } },
      "names bin/one.mjs, which is not in it",
    ],
    [
      "a range of the workspace",
      { manifest: { peerDependencies: { "@aide-ts/plugin": "workspace:^" } } },
      "depends on @aide-ts/plugin as workspace:^, which no registry knows",
    ],
    ["a source map", { files: { "dist/index.js.map": 1 } }, "holds the source map dist/index.js.map"],
    ["a test", { files: { "test/one.test.ts": 1 } }, "holds test/one.test.ts, which nobody who installs it reads"],
    [
      "what was built before",
      { files: { "dist/old.js": 1 } },
      "holds dist/old.js, of a source that is gone: remove dist and build again",
    ],
    ["a large file", { files: { "data/table.csv": 400_000 } }, "takes 401 kB unpacked, more than 400"],
  ])("is told: %s", (_, change, fault) => {
    expect(faultsOf(packed(change), url)).toContain(fault);
  });
});

describe("a release that is only shown", () => {
  it("is a table of what would be published", () => {
    const table = renderTable([packed(), packed({ manifest: { name: "create-one" } })], "latest");
    expect(table).toBe(
      [
        "package       version  files  packed kB  unpacked kB  tag",
        "@aide-ts/one  1.2.3        6        0.3          0.6  latest",
        "create-one    1.2.3        6        0.3          0.6  latest",
      ].join("\n"),
    );
  });

  it("has the tag of prereleases while there are any", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aide-release-"));
    expect(await releaseTag(folder)).toBe("latest");
    mkdirSync(join(folder, ".changeset"));
    writeFileSync(join(folder, ".changeset/pre.json"), JSON.stringify({ mode: "pre", tag: "next" }));
    expect(await releaseTag(folder)).toBe("next");
    writeFileSync(join(folder, ".changeset/pre.json"), JSON.stringify({ mode: "exit", tag: "next" }));
    expect(await releaseTag(folder)).toBe("latest");
  });

  it("warns of machines that the embedded model's library is not locked for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aide-release-"));
    const library = join(folder, "packages/backend-llamacpp/library");
    mkdirSync(library, { recursive: true });
    const [first = "", ...others] = allBinaries;
    const binaries = Object.fromEntries(others.map((name) => [name, {}]));
    writeFileSync(join(library, "sizes.json"), JSON.stringify({ binaries }));
    const missing = await missingBinaries(folder);
    expect(missing).toEqual([first]);
    expect(warningsOf(missing, 0).join()).toMatch(
      new RegExp(`machines that need ${first}\\.\\n +fix +run .npm run llamacpp:lock`),
    );
  });

  it("warns of changes that are in no version", () => {
    expect(warningsOf([], 2)).toEqual([expect.stringContaining("2 changesets are in no version yet.")]);
    expect(warningsOf([], 0)).toEqual([]);
  });
});

describe("the workflow of a release", () => {
  const workflow = parse(readFileSync(`${root}.github/workflows/release.yml`, "utf8"));
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

  it("signs where packages were built", () => {
    expect(workflow.permissions["id-token"]).toBe("write");
    const action = workflow.jobs.release.steps.find(({ uses = "" }) => uses.startsWith("changesets/action@"));
    expect(action.env["NPM_CONFIG_PROVENANCE"]).toBe("true");
    expect(action.with).toEqual({ version: "npx changeset version", publish: "npm run release" });
  });

  it("publishes nothing that is at fault", () => {
    expect(scripts["release"]).toBe("npm run release:dry && changeset publish");
  });
});

describe("versions", () => {
  it("are those of one group, released together", () => {
    const config = JSON.parse(readFileSync(`${root}.changeset/config.json`, "utf8"));
    expect(config).toMatchObject({
      fixed: [["@aide-ts/*", "create-aide-plugin"]],
      access: "public",
      updateInternalDependencies: "patch",
      ___experimentalUnsafeOptions_WILL_CHANGE_IN_PATCH: { onlyUpdatePeerDependentsWhenOutOfRange: true },
    });
  });
});
