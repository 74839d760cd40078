import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, good, project, runFolder } from "./aide.ts";

const options = `{ "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }), jsonSchema: { input: () => ({ type: "object" }) } } }`;

/** The module of a strategy whose `solve` is this. */
const strategy = (solve: string, before = "") =>
  `${before}
export default { kind: "strategy", name: "theirs", builtWith: { major: 1, minor: 0 }, options: ${options},
  create: () => (next) => ${solve} };`;

const runWith = async (module: string) => {
  const root = project([block(good)], { keys: "strategies: [./theirs.mjs]\nbudget: { steps: 2 }\nrefit: false" });
  writeFileSync(join(root, "theirs.mjs"), module);
  const ended = await aide(["run"], root);
  return { root, ...ended };
};

describe("a plugin cannot take down a run:", { timeout: 60_000 }, () => {
  it("what it began and does not await is reported where it fails, and the run goes on", async () => {
    const begun = `async (proposal, work) => { void Promise.reject(new Error("left alone")); return next(proposal, work); }`;
    const { code, out, err } = await runWith(strategy(begun));
    expect(err).toMatch(
      /^note {5}A promise that nothing awaits was rejected, likely a plugin's: Error: left alone at .*theirs\.mjs/,
    );
    expect(code).toBe(0);
    expect(out).toContain("best_solution.py");
  });

  it.each([
    ["throws", `async () => { throw new TypeError("x is not a function"); }`, "threw in solve: x is not a function."],
    ["answers nothing", `async () => undefined`, "gave undefined in solve, which is no answer to that."],
  ])("one that %s costs its steps, and is named with its hook", async (_, solve, message) => {
    const { root, out, err } = await runWith(strategy(solve));
    expect(err).toBe("");
    expect(out.match(/step {5}\d\/2 draft   failed: (.*)/)?.[1]).toBe(`strategy "theirs" ${message}`);
    const told = readFileSync(join(runFolder(root), "events.jsonl"), "utf8");
    expect(told.match(/"type":"told"/g)).toHaveLength(2);
  });
});

describe("a plugin with side effects when it is imported", { timeout: 60_000 }, () => {
  const loud = `import { writeFileSync } from "node:fs"; writeFileSync(process.env.LOUD, "");`;
  const install = (root: string) => {
    const folder = join(root, "node_modules", "aide-strategy-loud");
    mkdirSync(folder, { recursive: true });
    const manifest = {
      name: "aide-strategy-loud",
      version: "1.0.0",
      type: "module",
      exports: "./index.mjs",
      keywords: ["aide-plugin"],
    };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "index.mjs"), strategy("next", loud));
    writeFileSync(join(root, "package.json"), JSON.stringify({ dependencies: { "aide-strategy-loud": "1" } }));
    return { LOUD: join(root, "loud") };
  };

  it("is loaded where a config names it, and by nothing else", async () => {
    const root = project([block(good)], { keys: "budget: { steps: 1 }\nrefit: false" });
    const env = install(root);
    for (const args of [["plugins"], ["config", "check"], ["explain"], ["run"]])
      expect(await aide(args, root, env)).toMatchObject({ code: 0 });
    expect(existsSync(join(root, "loud"))).toBe(false);
    expect((await aide(["config", "check", "strategies=[loud]"], root, env)).code).toBe(0);
    expect(existsSync(join(root, "loud"))).toBe(true);
  });
});
