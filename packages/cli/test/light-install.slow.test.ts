import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pullModel } from "@aide-ts/backend-llamacpp";
import { freePort } from "@aide-ts/backend-kit";
import { beforeAll, describe, expect, it } from "vitest";
import { installed, npmInstall, packedPackages } from "../../create-aide-plugin/test/installed.ts";
import { freshFolder } from "../../create-aide-plugin/test/scaffolded.ts";
import { ownEnv, start } from "./aide.ts";

const mostMegabytes = 120;
const model = "smollm2-135m";

let folder = "";
let cache = "";

/** Of the packages of this repository, those that the command line needs. */
const closure = (name: string, tarballs: ReadonlyMap<string, string>, found = new Set<string>()): Set<string> => {
  if (!tarballs.has(name) || found.has(name)) return found;
  found.add(name);
  const source = new URL(`../../${name.replace("@aide-ts/", "")}/package.json`, import.meta.url);
  const { dependencies = {} } = JSON.parse(readFileSync(source, "utf8"));
  for (const one of Object.keys(dependencies)) closure(one, tarballs, found);
  return found;
};

beforeAll(async () => {
  const tarballs = await packedPackages();
  folder = freshFolder();
  writeFileSync(join(folder, "package.json"), "{}");
  await npmInstall(
    folder,
    [...closure("@aide-ts/cli", tarballs)].map((name) => tarballs.get(name) ?? ""),
  );
  // The model alone is taken from the cache of this machine.
  const path = await pullModel(model, { cacheFolder: join(ownEnv.XDG_CACHE_HOME, "aide") });
  cache = freshFolder();
  const models = join(cache, "aide/models");
  mkdirSync(models, { recursive: true });
  for (const name of readdirSync(dirname(path)).filter((one) => one.startsWith(basename(path))))
    symlinkSync(join(dirname(path), name), join(models, name));
}, 600_000);

/** As `du` counts: blocks that are taken. */
const megabytesIn = (path: string): number =>
  readdirSync(path, { withFileTypes: true, recursive: true }).reduce(
    (sum, entry) => sum + (entry.isSymbolicLink() ? 0 : statSync(join(entry.parentPath, entry.name)).blocks * 512),
    0,
  ) /
  2 ** 20;

/** Serves the embedded model and asks it one question; gives what was printed up to then. */
const served = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const port = await freePort();
  const program = join(folder, "node_modules/@aide-ts/cli/bin/aide.mjs");
  const args = ["serve", "--port", String(port), "backend.use=llamacpp", `backend.model=${model}`];
  const server = start(args, folder, { XDG_CACHE_HOME: cache, ...env }, program);
  try {
    await server.says("serves ");
    const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model, max_tokens: 4, messages: [{ role: "user", content: "Hello" }] }),
    });
    expect(await response.json()).toMatchObject({ usage: { completion_tokens: 4 } });
  } finally {
    server.kill("SIGINT");
  }
  return (await server.ended).out;
};

describe("the command line as npm installs it", { timeout: 300_000 }, () => {
  it(`takes at most ${mostMegabytes} MB, without the embedded model's library`, () => {
    expect(readdirSync(join(folder, "node_modules"))).not.toContain("node-llama-cpp");
    expect(megabytesIn(join(folder, "node_modules"))).toBeLessThan(mostMegabytes);
  });

  it("answers at once", async () => {
    expect(await installed("aide", ["--version"], folder)).toMatchObject({ code: 0, err: "" });
    expect((await installed("aide", ["--help"], folder)).out).toContain("aide run");
  });

  it("says that the registry does not answer, where nothing was installed yet", async () => {
    const dead = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
    const empty = { ...dead, npm_config_cache: freshFolder() };
    const args = ["serve", "backend.use=llamacpp", `backend.model=${model}`];
    const program = join(folder, "node_modules/@aide-ts/cli/bin/aide.mjs");
    const { code, err } = await start(args, folder, { XDG_CACHE_HOME: cache, ...empty }, program).ended;
    expect(code).toBe(2);
    expect(err).toContain("AIDE_LLAMACPP_DOWNLOAD");
  });

  it("installs the library on first use, with its size shown before, and needs no network afterwards", async () => {
    expect(await served({})).toMatch(/node-llama-cpp \S+ \(\S+\): \d+ MB to download/);
    const dead = { npm_config_registry: "http://127.0.0.1:9/", PATH: dirname(process.execPath) };
    expect(await served(dead)).not.toContain("to download");
  });
});
