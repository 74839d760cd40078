import { cpSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { eventsIn } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { aide, block, fixtures, freshFolder, good, runFolder, smallTask, type Ended } from "./aide.ts";
import { installCopy } from "./installed-copy.ts";

const version = "0.93.7";
const zod = realpathSync(fileURLToPath(new URL("../../core/node_modules/zod", import.meta.url)));

const source = `
import { extractCandidate } from "@aide-ts/answer";
import core from "@aide-ts/core/package.json" with { type: "json" };
import { digest, readConfigFile } from "@aide-ts/core";
import { AideError, definePlugin, isStop } from "@aide-ts/plugin";
import { z } from "zod";

const failures = {
  own: () => { throw new AideError({ code: "AIDE_STRANGER", message: "No stranger.", fix: "Be one.", fault: "user" }); },
  core: () => readConfigFile("/there/is/none.yaml"),
  stop: async (stopped) => {
    console.error(isStop(stopped) ? "It is a stop." : "It is something else.");
    throw stopped;
  },
};

export default definePlugin({
  kind: "strategy",
  name: "stranger",
  options: z.strictObject({ fails: z.enum(["own", "core"]).optional() }),
  create: ({ fails }) => (next) => async (proposal, work) => {
    if (fails !== undefined) await failures[fails]();
    const { code } = extractCandidate("\`\`\`python\\nprint(1)\\n\`\`\`", "stop");
    work.note({ core: core.version, at: import.meta.resolve("@aide-ts/core"), digest: digest("x"), code });
    try {
      return await next(proposal, work);
    } catch (error) {
      return failures.stop(error);
    }
  },
});`;

/** A project whose plugin has core, the contract and the reading of answers of its own, in another version than the command line's. */
const project = (): string => {
  const root = realpathSync(freshFolder());
  const plugin = join(root, "node_modules/aide-strategy-stranger");
  const modules = join(plugin, "node_modules");
  for (const name of ["core", "plugin", "answer"]) installCopy(name, version, modules);
  symlinkSync(zod, join(modules, "zod"));
  writeFileSync(
    join(plugin, "package.json"),
    JSON.stringify({ name: "aide-strategy-stranger", version: "1.0.0", type: "module", exports: "./index.js" }),
  );
  writeFileSync(join(plugin, "index.js"), source);
  smallTask(root);
  cpSync(join(fixtures, "scripted-plugin.mjs"), join(root, "scripted-plugin.mjs"));
  return root;
};

const run = (
  root: string,
  more: Readonly<Record<string, unknown>> = {},
  budget: object = { steps: 1 },
): Promise<Ended> => {
  const config = {
    data_dir: "./data",
    goal: "Predict y",
    eval: "RMSE",
    rehearse: false,
    budget,
    backend: { use: "./scripted-plugin.mjs", answers: [block(good)] },
    strategies: [{ use: "stranger", ...more }],
  };
  // JSON is YAML.
  writeFileSync(join(root, "aide.config.yaml"), JSON.stringify(config));
  return aide(["run"], root);
};

describe("a plugin with a core of its own", { timeout: 100_000 }, () => {
  it("works in a run, and uses its own", async () => {
    const root = project();
    const { code, out, err } = await run(root);
    expect(err).toBe("");
    expect(code, out).toBe(0);
    const told = eventsIn(join(runFolder(root), "events.jsonl")).find((event) => event.type === "told");
    const modules = pathToFileURL(join(root, "node_modules/aide-strategy-stranger/node_modules"));
    expect(told?.outcome.notes).toEqual({
      stranger: [
        {
          core: version,
          at: `${modules}/@aide-ts/core/dist/index.js`,
          digest: expect.stringMatching(/^[0-9a-f]+$/),
          code: expect.stringContaining("print(1)"),
        },
      ],
    });
  });

  it("is known by its errors, of its own and of its core", async () => {
    const root = project();
    const own = await run(root, { fails: "own" });
    expect(own).toMatchObject({ code: 2, err: expect.stringContaining("AIDE_STRANGER  No stranger.\n") });
    expect(own.err).toContain("fix  Be one.");
    const ofCore = await run(root, { fails: "core" });
    expect(ofCore).toMatchObject({ code: 2, err: expect.stringContaining("AIDE_CONFIG_NOT_FOUND") });
    expect(`${own.err}${ofCore.err}`).not.toMatch(/AIDE_INTERNAL|AIDE_PLUGIN_THREW|^ +at /m);
  });

  it("knows a stop when it meets one", async () => {
    const root = project();
    const { out, err } = await run(root, {}, { steps: 9, tokens: 150 });
    expect(err).toContain("It is a stop.");
    expect(out).toContain("The budget of tokens is used up.");
  });
});
