import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, bin, fixtures, freshFolder, smallTask } from "./aide.ts";
import { aideHere } from "./aide-here.ts";

const goal = ["goal=Predict y", "eval=RMSE"];

describe("a user's mistake gives one clear error, a fix, exit code 2, and leaves nothing behind:", () => {
  it.each([
    ["a folder that is not there", (_: string) => ["data_dir=nowhere", ...goal], "AIDE_DATA_MISSING"],
    [
      "an empty folder",
      (root: string) => (mkdirSync(join(root, "empty")), ["data_dir=empty", ...goal]),
      "AIDE_DATA_EMPTY",
    ],
    ["no data", (_: string) => goal, "data_dir=my_data"],
    ["no goal", (_: string) => ["data_dir=data"], "AIDE_NO_GOAL"],
    ["an unknown key", (_: string) => ["data_dir=data", ...goal, "agent.stesp=3"], 'did you mean "agent.steps"'],
    ["a wrong type", (_: string) => ["data_dir=data", ...goal, "slots=many"], "AIDE_CONFIG_INVALID"],
    ["an unknown plugin", (_: string) => ["data_dir=data", ...goal, "search.use=gredy"], 'did you mean  "greedy"'],
    ["a plugin that is not there", (_: string) => ["plugins", "reflecton"], 'did you mean "reflection"'],
    [
      "a plugin of another kind",
      (_: string) => ["data_dir=data", ...goal, "search.use=llamacpp"],
      '"llamacpp" is a backend, but was named as a search',
    ],
    ["a wrong option", (_: string) => ["data_dir=data", ...goal, "search.draft=3"], 'did you mean "drafts"'],
    [
      "a server that is not installed",
      (_: string) => ["data_dir=data", ...goal, "backend.use=vllm", "backend.model=deepseek-7b"],
      "pip install vllm",
    ],
    [
      "a model that was not fetched",
      (_: string) => ["data_dir=data", ...goal, "backend.use=transformers", "backend.model=deepseek-7b"],
      "aide models pull deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
    ],
    [
      "a hosted model without a key",
      (_: string) => ["data_dir=data", ...goal, "agent.code.model=claude-sonnet-4"],
      "export ANTHROPIC_API_KEY=…",
    ],
    [
      "a misspelt model",
      (_: string) => ["data_dir=data", ...goal, "agent.code.model=deepseek-r1:latesb"],
      "did you mean deepseek-r1:latest?",
    ],
    [
      "a misspelt strategy",
      (_: string) => ["data_dir=data", ...goal, "agent.ITS_Strategy=self-refection"],
      'did you mean "self-reflection"',
    ],
    [
      "a metric that nobody knows",
      (_: string) => ["data_dir=data", "goal=Predict y", "metric=glory"],
      "AIDE_METRIC_UNKNOWN",
    ],
    [
      "a task that the suite lacks",
      (_: string) => ["tasks", "prepare", "tabular-small", "house-prizes"],
      'did you mean "house-prices"',
    ],
    [
      "a task folder with an incomplete task.yaml",
      (root: string) => (
        mkdirSync(join(root, "mine")),
        writeFileSync(join(root, "mine", "task.yaml"), "title: Boats\n"),
        ["tasks", "prepare", "mine"]
      ),
      "AIDE_TASK_INVALID",
    ],
    ["two config files", (_: string) => ["run", "one.yaml", "two.yaml"], "`extends: one.yaml` in two.yaml"],
    [
      "two config files for a replay",
      (_: string) => ["pool", "replay", "one.yaml", "two.yaml", "smooth"],
      "`extends: one.yaml` in two.yaml",
    ],
    ["two config files for a server", (_: string) => ["serve", "one.yaml", "two.yaml"], "`extends: one.yaml`"],
    [
      "broken YAML",
      (root: string) => (writeFileSync(join(root, "bad.yaml"), "a: [1,\n"), ["run", "bad.yaml"]),
      "AIDE_CONFIG_UNREADABLE",
    ],
    ["a config that is not there", (_: string) => ["run", "none.yaml"], "AIDE_CONFIG_NOT_FOUND"],
    [
      "a description that is not there",
      (_: string) => ["data_dir=data", "desc_file=none.txt"],
      "AIDE_DESCRIPTION_UNREADABLE",
    ],
    ["an unknown command", (_: string) => ["shwo"], 'did you mean "show"'],
    ["a run that is not there", (_: string) => ["show", "9-nobody"], "AIDE_RUN_NOT_FOUND"],
    [
      "a model that is not in the catalogue",
      (_: string) => ["models", "pull", "qwen2.5-coder-1.5"],
      "AIDE_MODEL_UNKNOWN",
    ],
  ])("%s", async (_name, args, told) => {
    const root = freshFolder();
    smallTask(root);
    const { code, err } = await aideHere(args(root), root);
    expect(err).toContain(told);
    expect(err).toMatch(/\n {2}fix\s+\S/);
    expect(err).not.toContain(" at file:");
    expect(code).toBe(2);
    expect(existsSync(join(root, "logs"))).toBe(false);
    expect(existsSync(join(root, "workspaces"))).toBe(false);
  });

  it("a log folder that cannot be written", async () => {
    const root = freshFolder();
    smallTask(root);
    writeFileSync(join(root, "logs"), "a file where the folder should be");
    const { code, err } = await aide(["data_dir=data", ...goal], root);
    expect(err).toContain("AIDE_FOLDER_UNWRITABLE");
    expect(code).toBe(2);
    expect(existsSync(join(root, "workspaces"))).toBe(false);
  });

  it("a model file with a wrong checksum", async () => {
    const root = freshFolder();
    const models = join(root, "cache", "aide", "models");
    mkdirSync(models, { recursive: true });
    writeFileSync(join(models, "SmolLM2-135M-Instruct.Q4_1.gguf"), "GGUF, but another one");
    const { code, err } = await aide(["models", "path", "smollm2-135m"], root, { XDG_CACHE_HOME: join(root, "cache") });
    expect(err).toContain("AIDE_MODEL_CHECKSUM");
    expect(err).toMatch(/fix\s+aide models pull smollm2-135m/);
    expect(code).toBe(2);
  });
});

/** Root may read and write everything: these are run as a user who may not, where that user can start Node here. */
const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const canRun = spawnSync(process.execPath, [bin, "--version"], other).status === 0;
if (!canRun) console.log("skipped: files without permission, because another user cannot start aide from here");

describe.skipIf(!canRun)(
  "what the user may not touch gives one clear error, exit code 2, and leaves nothing behind:",
  () => {
    const asUser = (args: readonly string[], cwd: string) => {
      const env = { ...process.env, HOME: cwd, XDG_CACHE_HOME: join(cwd, "cache") };
      const { status, stderr } = spawnSync(process.execPath, [bin, ...args], { ...other, cwd, env });
      return { code: status, err: String(stderr) };
    };

    it("an unreadable file", () => {
      const root = freshFolder();
      const data = smallTask(root);
      chmodSync(root, 0o777);
      chmodSync(join(data, "train.csv"), 0o000);
      const { code, err } = asUser(["data_dir=data", ...goal], root);
      expect(err).toContain("AIDE_DATA_UNREADABLE");
      expect(err).toMatch(/fix\s+chmod \+r/);
      expect(code).toBe(2);
      expect(existsSync(join(root, "logs"))).toBe(false);
    });

    it("a folder where runs cannot be kept", () => {
      const root = freshFolder();
      smallTask(root);
      chmodSync(root, 0o555);
      const { code, err } = asUser(["data_dir=data", ...goal], root);
      expect(err).toContain("AIDE_FOLDER_UNWRITABLE");
      expect(err).toMatch(/fix\s+Choose another place/);
      expect(code).toBe(2);
      expect(existsSync(join(root, "logs"))).toBe(false);
    });
  },
);

it("output that nobody reads to its end is no error", () => {
  const line = `set -o pipefail; "${process.execPath}" "${bin}" config schema | true`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], { cwd: freshFolder() });
  expect([status, String(stdout), String(stderr)]).toEqual([0, "", ""]);
});

const asksForHelp = (command: string): [string[], string] => [[command, "--help"], `usage\n  aide ${command} `];

describe("what needs no task", () => {
  it.each([
    [["--help"], "usage"],
    [["config", "schema"], '"data_dir"'],
    [["config", "show", "data_dir=x", "goal=y"], '"use": "greedy"'],
    [["config", "check", "data_dir=x", "goal=y"], "The config is sound."],
    [["plugins"], "strategy    static-repair           Repairs imports"],
    [["plugins", "greedy"], "drafts=5"],
    [["plugins", join(fixtures, "scripted-plugin.mjs")], "backend     scripted-plugin\n            answers"],
    [["models", "list"], "Qwen2.5-Coder-1.5B-Instruct"],
    [["doctor"], "python   3."],
    ...["run", "resume", "hint", "replay", "fork", "runs", "show", "setup"].map(asksForHelp),
    ...["models", "doctor", "config", "plugins", "serve", "clean"].map(asksForHelp),
  ])("aide %j works", async (args, told) => {
    const { code, out } = await aideHere(args, freshFolder());
    expect(out).toContain(told);
    expect(code).toBe(0);
  });
});
