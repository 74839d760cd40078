import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { API, type Strategy } from "@aide-ts/plugin";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { checkOptions, loadPlugin, type AskedBy } from "../../src/index.ts";

const contract = fileURLToPath(new URL("../../../plugin/src/", import.meta.url));
const zodOf = (alias: string): string =>
  realpathSync(fileURLToPath(new URL(`../../node_modules/${alias}/`, import.meta.url)));

/** The contract as npm would install it in another version: built, and with that version in it. */
const installContract = (folder: string, major: number, minor: number): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "@aide-ts/plugin", type: "module", exports: "./index.js" }),
  );
  for (const name of readdirSync(contract)) {
    const code = stripTypeScriptTypes(readFileSync(join(contract, name), "utf8"))
      .replaceAll(/(from ".*)\.ts"/g, '$1.js"')
      .replace(`{ major: ${API.major}, minor: ${API.minor} }`, `{ major: ${major}, minor: ${minor} }`);
    writeFileSync(join(folder, name.replace(/\.ts$/, ".js")), code);
  }
};

const source = `
import { AideError, definePlugin, isStop, isBetter } from "@aide-ts/plugin";
import { z } from "zod";
export const seen = { stops: 0 };
export default definePlugin({
  kind: "strategy",
  name: "stranger",
  options: z.object({ rounds: z.number().default(2) }).strict(),
  create: ({ rounds }) => (next) => async (proposal, work) => {
    try {
      let best = await work.evaluate(await next(proposal, work));
      for (let round = 1; round < rounds; round++) {
        const other = await work.evaluate(await next(proposal, work));
        if (isBetter(work.task, other, best)) best = other;
      }
      return best.candidate;
    } catch (error) {
      if (isStop(error)) seen.stops++;
      else throw new AideError({ code: "AIDE_STRANGER", message: "A stranger failed.", fix: "None.", fault: "user", cause: error });
      throw error;
    }
  },
});`;

/** A user's folder whose plugin has its own copy of the contract and its own zod. */
const project = (zod: string, major: number, minor: number): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-copies-"));
  const plugin = join(root, "node_modules", "aide-strategy-stranger");
  installContract(join(plugin, "node_modules", "@aide-ts", "plugin"), major, minor);
  cpSync(zodOf(zod), join(plugin, "node_modules", "zod"), { recursive: true });
  writeFileSync(
    join(plugin, "package.json"),
    JSON.stringify({ name: "aide-strategy-stranger", type: "module", exports: "./index.js" }),
  );
  writeFileSync(join(plugin, "index.js"), source);
  return join(root, "aide.config.yaml");
};

const load = async (file: string) => {
  const asked: AskedBy = { source: { kind: "file", path: file }, key: "strategies.0" };
  return { plugin: await loadPlugin("strategy", "stranger", asked, new Map()), asked };
};

describe("a plugin with a copy of the contract and a zod of its own", () => {
  it.each([
    ["the same", "zod-4.2", API.minor],
    ["a newer", "zod-4.2", API.minor + 7],
    ["an older", "zod", 0],
  ])("works in %s version of this major", async (_name, zod, minor) => {
    const { plugin, asked } = await load(project(zod, API.major, minor));
    expect(await checkOptions<unknown>(plugin, {}, asked)).toEqual({ rounds: 2 });
    await expect(checkOptions<unknown>(plugin, { ronds: 3 }, asked)).rejects.toMatchObject({
      code: "AIDE_PLUGIN_OPTIONS",
      message: expect.stringContaining('unknown option "ronds" (did you mean "rounds"?)'),
    });
    const strategy: Strategy = plugin.create({ rounds: 2 }, undefined);
    const { journal, ending } = await play({ strategies: [strategy], limits: { steps: 3 } });
    expect(ending.reason).toBe("steps");
    expect(journal.outcomes.every(({ solutions }) => solutions.length === 2)).toBe(true);
  });

  it("knows our stop, and is known by its error", async () => {
    const file = project("zod-4.2", API.major, API.minor);
    const { plugin } = await load(file);
    const { seen } = await import(join(dirname(file), "node_modules", "aide-strategy-stranger", "index.js"));
    const strategy: Strategy = plugin.create({ rounds: 2 }, undefined);
    const cut = await play({ strategies: [strategy], limits: { steps: 9, tokens: 400 } });
    expect(cut.ending.reason).toBe("budget");
    expect(seen.stops).toBeGreaterThan(0);
    const failed = await play({
      strategies: [strategy],
      limits: { steps: 2 },
      coder: async () => {
        throw new TypeError("mistake");
      },
    });
    expect(failed.ending).toMatchObject({ reason: "failure", error: { code: "AIDE_STRANGER" } });
  });

  it.each([
    [2, "aide-strategy-stranger speaks plugin API 2; this core speaks 1.", "Upgrade aide"],
    [0, "aide-strategy-stranger speaks plugin API 0; this core speaks 1.", "Install a newer"],
  ])("of major %i is refused with what to do", async (major, message, fix) => {
    await expect(load(project("zod-4.2", major, 0))).rejects.toMatchObject({
      code: "AIDE_PLUGIN_API",
      message,
      fix: expect.stringContaining(fix),
    });
  });

  it("whose schema cannot describe itself is refused with what to do", async () => {
    await expect(load(project("zod-3", API.major, API.minor))).rejects.toMatchObject({
      code: "AIDE_PLUGIN_SCHEMA",
      message: expect.stringContaining("aide-strategy-stranger"),
      fix: expect.stringContaining("zod 4.2"),
    });
  });
});
