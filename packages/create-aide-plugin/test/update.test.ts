import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { applyPatch } from "diff";
import { createPlugin, pluginName, runCommandLine, scaffoldOf, updatePlugin, type Scaffold } from "../src/index.ts";
import { digestsOf } from "../src/scaffold/record.ts";
import { changesOf } from "../src/update/changes.ts";
import { patchOf } from "../src/update/change-lines.ts";
import { freshFolder, kind } from "./scaffolded.ts";

const strategy = kind("strategy");
const name = pluginName(strategy, "in-time");
let folder = "";

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.hooksPath=/dev/null", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
const commit = (): void => {
  git("add", "-A");
  git("commit", "-qm", "as it is");
};
const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
const status = (): string => git("status", "--porcelain");

/** The scaffold as a later version has it. */
const later = async (): Promise<Scaffold> => {
  const { files, record } = await scaffoldOf(strategy, name, "0.4.0");
  const changed = new Map(files)
    .set("tsconfig.json", `${files.get("tsconfig.json")}\n`)
    .set("README.md", `${files.get("README.md")}\nMore.\n`)
    .set("src/index.ts", `${files.get("src/index.ts")}\n// More.\n`)
    .set(".editorconfig", "root = true\n");
  return { files: changed, record: { ...record, files: digestsOf(changed) } };
};

const update = (options: { readonly dryRun?: boolean; readonly force?: boolean } = {}) =>
  updatePlugin(folder, { ...options, scaffold: later });

beforeEach(async () => {
  folder = freshFolder();
  await createPlugin(folder, strategy, name);
  git("init", "-q");
  commit();
});

describe("create-aide-plugin update", () => {
  it("has nothing to do where the scaffold is the same", async () => {
    write("src/index.ts", "// all mine\n");
    expect(await updatePlugin(folder)).toEqual([]);
    const printed: string[] = [];
    const shell = { cwd: folder, out: (text: string) => void printed.push(text), err: () => undefined };
    expect(await runCommandLine(["update"], shell)).toBe(0);
    expect(printed).toEqual(["The scaffold is as new."]);
  });

  it("renews what nobody changed, adds what is new, and puts what the author changed beside it", async () => {
    write("README.md", "# Mine\n");
    commit();
    const changes = await update();
    expect(changes.map(({ kind: what, path }) => `${what} ${path}`)).toEqual(
      expect.arrayContaining([
        "renewed tsconfig.json",
        "renewed src/index.ts",
        "renewed package.json",
        "added .editorconfig",
        "proposed README.md",
      ]),
    );
    expect(read("src/index.ts")).toContain("// More.");
    expect(read("README.md")).toBe("# Mine\n");
    expect(read("README.md.new")).toContain("More.");
    expect(JSON.parse(read("package.json")).peerDependencies).toEqual({ "@aide-ts/plugin": ">=0.4.0 <1" });
    expect(JSON.parse(read(".aide-plugin.json")).version).toBe("0.4.0");
    commit();
    expect(await update()).toEqual([]);
  });

  it("keeps the author's part of a package.json, and proposes the scaffold's", async () => {
    const manifest = JSON.parse(read("package.json"));
    const mine = { ...manifest, version: "2.1.0", dependencies: { ...manifest.dependencies, lodash: "^4.0.0" } };
    write("package.json", `${JSON.stringify(mine, null, 2)}\n`);
    commit();
    await update();
    expect(JSON.parse(read("package.json"))).toEqual(mine);
    expect(JSON.parse(read("package.json.new"))).toMatchObject({
      version: "2.1.0",
      dependencies: { lodash: "^4.0.0", zod: manifest.dependencies.zod },
      peerDependencies: { "@aide-ts/plugin": ">=0.4.0 <1" },
      devDependencies: { "@aide-ts/testing": "^0.4.0" },
    });
  });

  it("leaves away what the author took away", async () => {
    rmSync(join(folder, "README.md"));
    commit();
    await update();
    expect(existsSync(join(folder, "README.md"))).toBe(false);
    expect(existsSync(join(folder, "README.md.new"))).toBe(false);
  });

  it("takes other line ends for no change", async () => {
    write("tsconfig.json", read("tsconfig.json").replaceAll("\n", "\r\n"));
    commit();
    expect((await update()).find(({ path }) => path === "tsconfig.json")?.kind).toBe("renewed");
  });

  it("writes nothing where something is not committed, unless it is forced to", async () => {
    write("notes.md", "mine");
    await expect(update()).rejects.toMatchObject({
      code: "AIDE_TREE_UNCLEAN",
      message: expect.stringContaining("a file is not committed"),
      fix: expect.stringContaining("--force"),
    });
    expect(status()).toBe("?? notes.md\n");
    expect(await update({ force: true })).not.toEqual([]);
    expect(read("tsconfig.json")).toMatch(/\n\n$/);
  });

  it("writes nothing outside a git repository", async () => {
    rmSync(join(folder, ".git"), { recursive: true });
    await expect(update()).rejects.toMatchObject({
      code: "AIDE_TREE_UNCLEAN",
      message: expect.stringContaining("no git repository"),
    });
  });

  it("writes nothing on a dry run, dirty or not, and prints what it would", async () => {
    write("README.md", "# Mine\n");
    const printed: string[] = [];
    const before = status();
    const record = JSON.parse(read(".aide-plugin.json"));
    write(".aide-plugin.json", JSON.stringify({ ...record, files: { ...record.files, "README.md": "older" } }));
    const shell = { cwd: folder, out: (text: string) => void printed.push(text), err: () => undefined };
    expect(await runCommandLine(["update", "--dry-run"], shell)).toBe(0);
    expect(printed.join("\n")).toContain("--- a/README.md\n+++ b/README.md.new");
    expect(printed.join("\n")).toContain("-# Mine\n+# aide-strategy-in-time");
    expect(existsSync(join(folder, "README.md.new"))).toBe(false);
    expect(status()).toContain(before.trim());
  });

  it.each([
    ["is no JSON", "{", "invalid input"],
    ["is of another form", '{"kind":"strategy"}', "expected string"],
    ["names no kind", '{"kind":"x","name":"in-time","version":"0.0.0","files":{}}', 'there is no kind "x"'],
  ])("refuses a record that %s", async (_, text, why) => {
    write(".aide-plugin.json", text);
    await expect(updatePlugin(folder)).rejects.toMatchObject({
      code: "AIDE_SCAFFOLD_RECORD",
      message: expect.stringContaining(why),
    });
  });

  it("renews a plugin whose name aide has taken since", async () => {
    const record = JSON.parse(read(".aide-plugin.json"));
    write(".aide-plugin.json", JSON.stringify({ ...record, name: "reflection" }));
    const paths = (await updatePlugin(folder, { dryRun: true })).map(({ path }) => path);
    expect(paths).toContain("package.json");
  });

  it("refuses a record whose name would lead elsewhere", async () => {
    const record = JSON.parse(read(".aide-plugin.json"));
    write(".aide-plugin.json", JSON.stringify({ ...record, name: "../../x" }));
    await expect(updatePlugin(folder)).rejects.toMatchObject({ code: "AIDE_PLUGIN_NAME" });
  });
});

describe("whatever was changed since", () => {
  const paths = ["package.json", "a.ts", "b.md", "c.json"];
  const texts = fc.constantFrom("", "one\n", "two\n", '{"name":"x"}\n', '{"scripts":{"a":"b"}}\n');
  const someFiles = fc.dictionary(fc.constantFrom(...paths), texts).map((found) => new Map(Object.entries(found)));

  it("no file that differs from what was generated is overwritten, and each diff gives what would be written", () => {
    fc.assert(
      fc.property(someFiles, someFiles, someFiles, (generated, renewed, current) => {
        const record = { kind: "strategy", name: "x", version: "0", files: digestsOf(generated) };
        const changes = changesOf(record, { files: renewed, record }, current);
        for (const change of changes) {
          const { path, before, after } = change;
          expect(before).toBe(current.get(path) ?? "");
          if (change.kind === "renewed") expect(before).toBe(generated.get(path));
          if (change.kind === "added") expect(current.has(path) || generated.has(path)).toBe(false);
          expect(applyPatch(before, patchOf(change))).toBe(after);
        }
      }),
    );
  });
});
