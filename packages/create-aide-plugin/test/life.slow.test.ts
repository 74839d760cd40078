import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { eventsIn } from "@aide-ts/testing";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fixtures, runFolder, smallTask } from "../../cli/test/aide.ts";
import { base, config, inTime as name } from "./in-time.ts";
import { command, installed, npmInstall, packedPackages } from "./installed.ts";
import { freshFolder } from "./scaffolded.ts";

let author = "";
let plugin = "";
let user = "";

/** A plugin as its author makes it, and a project of somebody who uses it; neither knows of this repository. */
beforeAll(async () => {
  const tarballs = await packedPackages();
  author = freshFolder();
  writeFileSync(join(author, "package.json"), "{}");
  await npmInstall(author, [tarballs.get("create-aide-plugin") ?? "", tarballs.get("@aide-ts/plugin") ?? ""]);
  const asked = ["--kind", "strategy", "--name", "in-time"];
  const { err } = await installed("create-aide-plugin", asked, author);
  if (err !== "") throw new Error(err);
  plugin = join(author, name);
  const needed = [...tarballs].filter(([one]) => one !== "create-aide-plugin").map(([, tarball]) => tarball);
  await npmInstall(plugin, needed);

  user = freshFolder();
  writeFileSync(join(user, "package.json"), "{}");
  await command("npm", ["run", "build"], plugin);
  const packed = await command("npm", ["pack", "--json", "--pack-destination", user], plugin);
  await npmInstall(user, [...needed, join(user, JSON.parse(packed)[0].filename)]);
  smallTask(user);
  cpSync(join(fixtures, "scripted-plugin.mjs"), join(user, "scripted-plugin.mjs"));
}, 600_000);

const aideRun = (text = config) => {
  writeFileSync(join(user, "aide.config.yaml"), text);
  return installed("aide", ["run"], user);
};

describe("the life of a plugin", { timeout: 300_000 }, () => {
  it("type-checks and passes its tests where its author made it", async () => {
    await command("npm", ["run", "typecheck"], plugin);
    expect(await command("npm", ["test", "--", "--reporter=verbose"], plugin)).toContain("strategy in-time");
  });

  it("is named by its own example there", async () => {
    const { out, err } = await installed("aide", ["explain"], plugin);
    expect(err).toBe("");
    expect(out).toMatch(/└─ in-time +0 +1–2 times/);
  });

  it("holds nothing but what is published", async () => {
    const [{ files }] = JSON.parse(await command("npm", ["pack", "--dry-run", "--json"], plugin));
    const paths = files.map(({ path }: { path: string }) => path).toSorted();
    expect(paths).toEqual(["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"]);
  });

  it("is versioned by the changeset that came with it", async () => {
    const copy = join(freshFolder(), name);
    cpSync(plugin, copy, { recursive: true });
    await command("git", ["init", "-q"], copy);
    await installed("changeset", ["version"], copy);
    expect(JSON.parse(readFileSync(join(copy, "package.json"), "utf8")).version).toBe("0.1.0");
    expect(readFileSync(join(copy, "CHANGELOG.md"), "utf8")).toContain("First release.");
  });

  it("does its work where somebody installed it and names it by its short name", async () => {
    const { code, out, err } = await aideRun();
    expect(err).toBe("");
    expect(code, out).toBe(0);
    const outcome = eventsIn(join(runFolder(user), "events.jsonl")).find((event) => event.type === "told");
    expect(outcome?.outcome.notes).toEqual({ "in-time": [{ inTime: true }] });
    expect(existsSync(join(runFolder(user), "best_submission.csv"))).toBe(true);
  });
});

describe("a plugin that is broken", { timeout: 100_000 }, () => {
  const there = (): string => join(user, "node_modules", name);
  const code = (): string => join(there(), "dist/index.js");
  const edit = (change: (text: string) => string): void => writeFileSync(code(), change(readFileSync(code(), "utf8")));

  beforeEach(() => cpSync(there(), join(user, "whole"), { recursive: true }));
  afterEach(() => {
    rmSync(there(), { recursive: true, force: true });
    renameSync(join(user, "whole"), there());
  });

  const refusal = async (text = config): Promise<string> => {
    const { code: ending, err } = await aideRun(text);
    expect(ending).not.toBe(0);
    expect(err).not.toMatch(/^ +at /m);
    return err;
  };

  it("by missing is looked for by all its names, and says how it is installed", async () => {
    rmSync(there(), { recursive: true });
    const text = await refusal();
    expect(text).toContain('AIDE_PLUGIN_NOT_FOUND  Could not find strategy "in-time".');
    expect(text).toContain(`looked for  in-time, @aide-ts/strategy-in-time, ${name}   (from ${user})`);
    expect(text).toContain(`asked by    ${join(user, "aide.config.yaml")}  strategies.0`);
    expect(text).toMatch(/fix +npm install --save-dev /);
  });

  it("by being named as another kind", async () => {
    const text = await refusal(`${base}search: in-time\n`);
    expect(text).toContain('AIDE_PLUGIN_KIND  "in-time" is a strategy, but was named as a search.');
    expect(text).toContain("fix  Move it to the key of its own kind.");
  });

  it("by having no default export", async () => {
    edit((text) => text.replace("export default", "export const plugin ="));
    const text = await refusal();
    expect(text).toContain(`AIDE_PLUGIN_INVALID  ${name} has no default export made by definePlugin.`);
    expect(text).toContain("found  { plugin }");
    expect(text).toContain("fix    export default definePlugin({ kind, name, options, create })");
  });

  it("by throwing while it loads", async () => {
    edit((text) => `${text}\nthrow new Error("half a build");`);
    const text = await refusal();
    expect(text).toContain('AIDE_PLUGIN_LOAD_FAILED  strategy "in-time" was found but threw while loading.');
    expect(text).toContain(`file   ${code()}`);
    expect(text).toContain("cause  half a build");
  });

  it("by throwing when it is created", async () => {
    edit((text) =>
      text.replace("create: ({ tries }) =>", 'create: () => { throw new Error("no tries"); }, other: ({ tries }) =>'),
    );
    const text = await refusal();
    expect(text).toContain('AIDE_PLUGIN_THREW  strategy "in-time" threw in create: no tries.');
  });

  it("by speaking another contract, which its own copy stamps", async () => {
    const copy = join(there(), "node_modules/@aide-ts/plugin");
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(user, "node_modules/@aide-ts/plugin"), copy, { recursive: true });
    const contract = join(copy, "dist/plugin.js");
    const text = readFileSync(contract, "utf8");
    expect(text).toContain("major: 1,");
    writeFileSync(contract, text.replace("major: 1,", "major: 2,"));
    const refused = await refusal();
    expect(refused).toContain(`AIDE_PLUGIN_API  ${name} speaks plugin API 2; this core speaks 1.`);
    expect(refused).toContain(`fix  Upgrade aide to a version that speaks 2, or install an older ${name}.`);
  });

  it("by a dependency of its own that is missing, which is not the same as missing itself", async () => {
    edit((text) => `import "a-package-that-is-not-there";\n${text}`);
    const text = await refusal();
    expect(text).toContain('AIDE_PLUGIN_LOAD_FAILED  strategy "in-time" was found but threw while loading.');
    expect(text).toContain("cause  Cannot find package 'a-package-that-is-not-there'");
  });
});
