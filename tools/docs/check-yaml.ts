import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readPlan } from "@aide-ts/ablation";
import { builtins } from "@aide-ts/builtins";
import { checkOptions, configJsonSchema, isLayer, loadPlugin, merge } from "@aide-ts/core";
import { parseAllDocuments } from "yaml";
import { aideHere } from "../../packages/cli/test/aide-here.ts";
import { fileOf, type Block } from "./blocks.ts";
import { repository } from "./places.ts";

const { properties } = configJsonSchema();
const configKeys = new Set(["extends", ...Object.keys(isLayer(properties) ? properties : {})]);

/** What a config needs beside the few lines that a page is about. */
const task = { data_dir: "data", goal: "Predict the price", eval: "RMSE" };
const plan = {
  base: { budget: { tokens: 6000 } },
  tasks: ["hitters", "attrition"],
  seeds: 2,
  arms: { baseline: {}, reflection: { strategies: ["reflection"] } },
};

/** What these keys, over a config that has a task, are refused for; undefined where they are sound. */
export const configProblem = async (args: readonly string[], folder: string): Promise<string | undefined> => {
  const { code, err } = await aideHere(["config", "check", ...args], folder, variables);
  return code === 0 ? undefined : err;
};

/** Keys of hosted models: a config that names one is refused without. */
const variables = Object.fromEntries(
  ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OPENROUTER_API_KEY", "DEEPSEEK_API_KEY", "HF_TOKEN"].map(
    (name) => [name, "none"],
  ),
);

const hasTask = (keys: readonly string[]): boolean =>
  keys.some((key) => ["data_dir", "task", "mlebench", "extends"].includes(key));

/** Keys of the command line that make a config of these whole. */
export const missingOf = (keys: readonly string[]): readonly string[] =>
  Object.entries(task)
    .filter(
      ([key]) =>
        !keys.includes(key) && (key === "data_dir" ? !hasTask(keys) : !hasTask(keys) || keys.includes("data_dir")),
    )
    .filter(([key]) => key === "data_dir" || !keys.some((one) => one.startsWith("desc_")))
    .map(([key, value]) => `${key}=${value}`);

/** What is wrong with a block of YAML: configs, ablations, or some keys of one. `folder` is that of all blocks. */
export const yamlProblem = async (block: Block, folder: string): Promise<string | undefined> => {
  if (block.file === "task.yaml") return undefined;
  for (const [at, document] of parseAllDocuments(block.text).entries()) {
    if (document.errors.length > 0) return document.errors.join("; ");
    const path = join(folder, at === 0 ? fileOf(block) : fileOf(block).replace(/(\.\w+)$/, `-${at}$1`));
    const problem = await documentProblem(document.toJS(), path);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const documentProblem = async (content: unknown, path: string): Promise<string | undefined> => {
  if (!isLayer(content)) return "it is neither a config nor an ablation";
  if (basename(path) === "arms.yaml") {
    const chains = await Promise.all(
      Object.values(content).map((strategies) =>
        configProblem([`strategies=${JSON.stringify(strategies)}`, ...missingOf([])], dirname(path)),
      ),
    );
    return chains.find((problem) => problem !== undefined);
  }
  const keys = Object.keys(content);
  const isPlan = "arms" in content || "axes" in content;
  if (isPlan || keys.every((key) => key in plan || key === "launcher")) {
    writeFileSync(path, JSON.stringify(isPlan ? content : { ...plan, ...content }));
    return thrownBy(() => checkPlan(path, content["launcher"]));
  }
  const unknown = keys.find((key) => !configKeys.has(key));
  if (unknown !== undefined) return `${unknown} is no key of a config`;
  // Ready-made configs are named from the repository's root.
  const extended = content["extends"];
  const here =
    typeof extended === "string" && extended.startsWith("configs/") ? { extends: repository + extended } : {};
  // A task by its name has to be prepared on the machine first.
  const { task: _named, ...others } = content;
  writeFileSync(path, JSON.stringify({ ...others, ...here }));
  return configProblem([path, ...missingOf(Object.keys(others))], dirname(path));
};

/** Reads an ablation, and checks what each arm comes to as a run's config, and the launcher's options. */
const checkPlan = async (path: string, launcher: unknown): Promise<void> => {
  const { base, arms } = await readPlan(path);
  for (const { name, change } of arms) {
    const config = `${path}.${name.replaceAll(/\W/g, "-")}.json`;
    const values = merge(base, change);
    writeFileSync(config, JSON.stringify(values));
    const problem = await configProblem([config, ...missingOf(Object.keys(values))], dirname(path));
    if (problem !== undefined) throw new Error(`${name}: ${problem}`);
  }
  if (!isLayer(launcher)) return;
  const { use, ...options } = launcher;
  const asked = { source: { kind: "command line", folder: dirname(path) }, key: "launcher" } as const;
  await checkOptions(await loadPlugin("launcher", String(use), asked, builtins), options, asked);
};

const thrownBy = async (work: () => Promise<unknown>): Promise<string | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? `${error.message} ${JSON.stringify("facts" in error ? error.facts : {})}`
      : String(error);
  }
};
