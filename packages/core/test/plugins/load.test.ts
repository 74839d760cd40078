import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AideError, type Kind } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { loadPlugin, type PluginOf } from "../../src/index.ts";

const plugin = (kind: Kind, name: string, major = 1): string =>
  `{ kind: "${kind}", name: "${name}", options: { "~standard": { validate() {}, jsonSchema: { input() {} } } }, create: () => ({}), builtWith: { major: ${major}, minor: 0 } }`;

/** A user's folder with a config in `app/configs` and packages that npm would have installed. */
const project = (packages: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-plugins-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [name, code] of Object.entries(packages)) {
    // `import` only: `require.resolve` would not find it.
    const manifest = { name, type: "module", exports: { ".": { import: "./index.mjs" } } };
    write(`node_modules/${name}/package.json`, JSON.stringify(manifest));
    write(`node_modules/${name}/index.mjs`, code);
  }
  for (const [path, text] of Object.entries(files)) write(path, text);
  return join(root, "app", "configs", "tree.yaml");
};

const builtins = new Map<string, () => Promise<unknown>>([
  [
    "search:greedy",
    async () => ({
      default: {
        kind: "search",
        name: "greedy",
        create: () => ({}),
        options: { "~standard": { validate: () => undefined, jsonSchema: { input: () => undefined } } },
        builtWith: { major: 1, minor: 0 },
      },
    }),
  ],
  ["backend:llamacpp", async () => ({})],
]);

const load = (file: string, use: string, kind: Kind = "strategy") =>
  loadPlugin(
    kind,
    use,
    { source: { kind: "file", path: file }, key: kind === "search" ? "search.use" : "strategies.0" },
    builtins,
  );

const failure = async (loading: Promise<unknown>): Promise<AideError> => {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!AideError.is(error)) throw new Error(`expected an AideError, not ${String(error)}`);
  return error;
};

describe("a plugin is found", () => {
  const one = `export default ${plugin("strategy", "one")};`;
  it.each([
    ["by its package's exact name", "pack", { pack: one }],
    ["by the short name of one of ours", "one", { "@aide-ts/strategy-one": one }],
    ["by the short name of a stranger's", "one", { "aide-strategy-one": one }],
    ["by the short name in a scope", "@them/one", { "@them/aide-strategy-one": one }],
    ["ours before a stranger's", "one", { "@aide-ts/strategy-one": one, "aide-strategy-one": "throw new Error()" }],
    [
      "as one of several",
      "pack#one",
      { pack: `export default [${plugin("search", "s")}, ${plugin("strategy", "one")}];` },
    ],
  ])("%s", async (_name, use, packages) => {
    expect(await load(project(packages), use)).toMatchObject({ kind: "strategy", name: "one" });
  });

  it("by a path from the config's folder, not from the working folder", async () => {
    const file = project({}, { "app/configs/mine.mjs": `export default ${plugin("strategy", "mine")};` });
    expect(await load(file, "./mine.mjs")).toMatchObject({ name: "mine" });
  });

  it("by its package where it is the only one of its kind, whatever it calls itself", async () => {
    const both = `export default [${plugin("search", "s")}, ${plugin("strategy", "one")}];`;
    expect(await load(project({ pack: both }), "pack")).toMatchObject({ kind: "strategy", name: "one" });
  });

  it("by its short name among those that come along", async () => {
    expect(await load(project({}), "greedy", "search")).toMatchObject({ name: "greedy" });
  });
});

describe("what is wrong with a plugin is reported:", () => {
  it("that it is not there", async () => {
    const file = project({});
    const { code, message, facts, fix } = await failure(load(file, "gredy", "search"));
    expect(code).toBe("AIDE_PLUGIN_NOT_FOUND");
    expect(message).toBe('Could not find search "gredy".');
    expect(facts["asked by"]).toBe(`${file}  search.use`);
    expect(facts["looked for"]).toContain("gredy, @aide-ts/strategy-gredy, aide-strategy-gredy");
    expect(facts["did you mean"]).toBe('"greedy"');
    expect(fix).toBe("npm install --save-dev @aide-ts/strategy-gredy");
  });

  it.each(["pack", "pack#three"])("that several could be meant by %s, and none is called so", async (use) => {
    const several = `export default [${plugin("strategy", "one")}, ${plugin("strategy", "two")}];`;
    const { code, fix } = await failure(load(project({ pack: several }), use));
    expect(code).toBe("AIDE_PLUGIN_UNNAMED");
    expect(fix).toBe("Name one that it has: pack#one, pack#two.");
  });

  it("that it lacks a package of its own, which is not the same as not being there", async () => {
    const { code, facts } = await failure(load(project({ pack: 'import "d3";' }), "pack"));
    expect(code).toBe("AIDE_PLUGIN_LOAD_FAILED");
    expect(facts["cause"]).toContain("Cannot find package 'd3'");
    expect(facts["file"]).toMatch(/node_modules\/pack\/index\.mjs$/);
  });

  it.each([
    ["has no default export", "export const strategy = 1, VERSION = 2;", "AIDE_PLUGIN_INVALID"],
    ["exports something else", "export default { name: 'x' };", "AIDE_PLUGIN_INVALID"],
    ["is of another kind", `export default ${plugin("search", "pack")};`, "AIDE_PLUGIN_KIND"],
    ["speaks a newer contract", `export default ${plugin("strategy", "pack", 2)};`, "AIDE_PLUGIN_API"],
    ["speaks an older contract", `export default ${plugin("strategy", "pack", 0)};`, "AIDE_PLUGIN_API"],
  ])("that it %s", async (_name, code, expected) => {
    const error = await failure(load(project({ pack: code }), "pack"));
    expect(error.code).toBe(expected);
    expect(error.fix).not.toBe("");
  });

  it("that it is a builtin of another kind", async () => {
    const { message } = await failure(load(project({}), "llamacpp", "search"));
    expect(message).toBe('"llamacpp" is a backend, but was named as a search.');
  });
});

describe("what a plugin throws", () => {
  const throwing = (what: string): string => `const hook = () => { throw ${what}; };
import { AideError } from "@aide-ts/plugin";
export default Object.freeze({ ...${plugin("strategy", "pack")}, create: hook, shape: hook, needs: hook, prompts: { a: "b" } });`;

  const loaded = async (what: string): Promise<PluginOf<"strategy">> => {
    const file = project({ pack: throwing(what) });
    const contract = fileURLToPath(new URL("../../../plugin", import.meta.url));
    mkdirSync(join(dirname(file), "../../node_modules/@aide-ts"), { recursive: true });
    symlinkSync(contract, join(dirname(file), "../../node_modules/@aide-ts/plugin"));
    const found = await load(file, "pack");
    if (found.kind !== "strategy") throw new Error("of another kind");
    return found;
  };

  const hooks: Readonly<Record<string, (strategy: PluginOf<"strategy">) => unknown>> = {
    create: (strategy) => strategy.create({}, undefined),
    shape: (strategy) => strategy.shape?.({}),
    needs: (strategy) => strategy.needs?.({}),
  };

  it.each(Object.entries(hooks))("in %s says whose it is", async (name, hook) => {
    const found = await loaded('new TypeError("no such thing")');
    expect(found.prompts).toEqual({ a: "b" });
    const error = await failure((async () => hook(found))());
    expect(error).toMatchObject({
      code: "AIDE_PLUGIN_THREW",
      message: `strategy "pack" threw in ${name}: no such thing.`,
      fault: "plugin",
      cause: expect.any(TypeError),
    });
  });

  it("passes as it is where it says itself what to do", async () => {
    const found = await loaded(
      'new AideError({ code: "AIDE_PACK", message: "No key.", fix: "Set it.", fault: "user" })',
    );
    expect(await failure((async () => found.create({}, undefined))())).toMatchObject({ code: "AIDE_PACK" });
  });
});
