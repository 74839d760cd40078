import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bin, fixtures, freshFolder, ownEnv, runFolder, smallTask } from "./aide.ts";

/** What the seed's users type, to the letter: these lines are given to a shell as they stand. */
const house =
  'aide data_dir="example_tasks/house_prices" goal="Predict the sales price for each house" eval="Use the RMSE metric between the logarithm of the predicted and observed values."';
const own =
  'aide data_dir="my_data" goal="…" eval="…" agent.code.model="deepseek-7b" agent.model.path="./models/deepseek-7b"';
const described =
  'aide data_dir="my_data_dir" desc_file="my_task_description.txt" agent.code.model="deepseek-7b" agent.model.path="./models/deepseek-7b"';

const shell = (line: string, cwd: string, env: Readonly<Record<string, string>> = {}) => {
  const asFunction = `aide() { "${process.execPath}" "${bin}" "$@"; }\n${line}`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", asFunction], { cwd, env: { ...ownEnv, ...env } });
  return { code: status, out: String(stdout), err: String(stderr) };
};

/** A user's folder with data of their own. */
const userFolder = (): string => {
  const root = freshFolder();
  const data = smallTask(root);
  for (const name of ["my_data", "my_data_dir"]) cpSync(data, join(root, name), { recursive: true });
  writeFileSync(join(root, "my_task_description.txt"), "Predict y for each row. Scored by the mean absolute error.");
  return root;
};

const modelServer = join(fixtures, "model-server.mjs");

/** Puts a program in the place of vLLM's, and gives the PATH on which it is found. */
const installVllm = (root: string): string => {
  const folder = join(root, "bin");
  mkdirSync(folder);
  writeFileSync(join(folder, "vllm"), `#!/bin/sh\nexec "${process.execPath}" "${modelServer}" "$@"\n`, { mode: 0o755 });
  return `${folder}:${process.env["PATH"] ?? ""}`;
};

/** Starts a program that answers as Ollama does, with this one model. */
const startOllama = async (model: string): Promise<{ readonly url: string } & Disposable> => {
  const child = spawn(process.execPath, [modelServer, "serve", "x", "--served-model-name", model, "--port", "0"]);
  const [line] = await once(child.stdout, "data");
  const port = /listening (\d+)/.exec(String(line))?.[1];
  return { url: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => void child.kill() };
};

const record = (root: string) => JSON.parse(readFileSync(join(runFolder(root), "run.json"), "utf8"));
const solutions = (root: string) =>
  JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8")).nodes.length as number;
const shown = (line: string, cwd: string) => JSON.parse(shell(`aide config show ${line}`, cwd).out);

describe("the seed's example", () => {
  it("with its misspelt model asks whether another was meant", () => {
    const { code, err } = shell(`${house} agent.code.model="deepseek-r1:latesb"`, freshFolder());
    expect(err).toContain("did you mean deepseek-r1:latest?");
    expect(code).toBe(2);
  });

  it("with the model that was meant says that Ollama is to be started", () => {
    const nowhere = { OLLAMA_HOST: "127.0.0.1:9" };
    const { code, err } = shell(`${house} agent.code.model="deepseek-r1:latest"`, freshFolder(), nowhere);
    expect(err).toContain("AIDE_BACKEND_UNREACHABLE");
    expect(err).toMatch(/fix\s+Start it, or give its address/);
    expect(code).toBe(1);
  });

  it("with Ollama running does its 20 steps, from any folder", { timeout: 240_000 }, async () => {
    const root = freshFolder();
    using ollama = await startOllama("deepseek-r1:latest");
    const { code, out } = shell(`${house} agent.code.model="deepseek-r1:latest"`, root, { OLLAMA_HOST: ollama.url });
    expect(out).toContain("metric   rmsle, lower is better (the evaluation text says so)");
    expect(solutions(root)).toBe(20);
    expect(record(root).models.code).toMatchObject({
      model: "deepseek-r1:latest",
      details: { quantisation: "Q4_K_M" },
    });
    expect(code).toBe(0);
  });
});

describe("a local model by name and path", () => {
  it.each([own, described])("that is not there is said to be missing: %s", (line) => {
    const { code, err } = shell(line, userFolder());
    expect(err).toContain("AIDE_MODEL_FILES");
    expect(err).toMatch(/folder\s+.*models\/deepseek-7b/);
    expect(code).toBe(2);
  });

  it("runs on vLLM, with the path and the quantisation that were given", { timeout: 240_000 }, () => {
    const root = userFolder();
    const { code, out } = shell(`${own} agent.code.quantization=4-bit agent.steps=3`, root, {
      PATH: installVllm(root),
    });
    expect(out).toContain("serve ./models/deepseek-7b --served-model-name deepseek-7b");
    expect(out).toContain("--quantization bitsandbytes");
    const details = { server: "vllm", weights: "./models/deepseek-7b", quantization: "4-bit" };
    expect(record(root).models.code).toMatchObject({ model: "deepseek-7b", details });
    expect(solutions(root)).toBe(3);
    expect(code).toBe(0);
  });

  it("takes the task from a file, or from a text", { timeout: 240_000 }, () => {
    const root = userFolder();
    const env = { PATH: installVllm(root) };
    expect(shell(`${described} agent.steps=1`, root, env).out).toContain("metric   mae");
    expect(record(root).task.goal).toContain("Predict y for each row");
    const said = described.replace('desc_file="my_task_description.txt"', 'desc_str="Predict y. Scored by RMSLE."');
    expect(shell(`${said} agent.steps=1`, root, env).out).toContain("metric   rmsle");
  });
});

describe("the seed's keys", () => {
  it("have the seed's defaults", () => {
    const config = shown('data_dir=x goal=y agent.code.model="deepseek-7b"', freshFolder());
    expect(config.budget.steps).toBe(20);
    const plugins = shell("aide plugins greedy; aide plugins llamacpp", freshFolder()).out;
    expect(plugins).toContain("drafts=5");
    expect(plugins).toContain("debugProbability=0.5");
    expect(plugins).toContain("maxDebugDepth=3");
    expect(plugins).toContain("temperature=0.7");
  });

  it.each([
    ["agent.steps=7", (config: ReturnType<typeof shown>) => config.budget.steps, 7],
    ["agent.search.num_drafts=2", (config: ReturnType<typeof shown>) => config.search.options.drafts, 2],
    ["agent.search.debug_prob=0.9", (config: ReturnType<typeof shown>) => config.search.options.debugProbability, 0.9],
    ["agent.search.max_debug_depth=9", (config: ReturnType<typeof shown>) => config.search.options.maxDebugDepth, 9],
    ["agent.code.temp=0.2", (config: ReturnType<typeof shown>) => config.sampling.temperature, 0.2],
    ["exec.timeout=60", (config: ReturnType<typeof shown>) => config.executor.options.seconds, 60],
    ["agent.ITS_Strategy=Baseline", (config: ReturnType<typeof shown>) => config.strategies.length, 0],
    [
      "agent.ITS_Strategy=self-reflection",
      (config: ReturnType<typeof shown>) => config.strategies[0].use,
      "reflection",
    ],
  ])("%s is understood", (line, read, value) => {
    expect(read(shown(`data_dir=x goal=y ${line}`, freshFolder()))).toBe(value);
  });
});

describe("the seed's API", () => {
  it("runs, gives the best metric and its code, and goes on when it is run again", { timeout: 240_000 }, () => {
    const root = userFolder();
    const env = { PATH: installVllm(root) };
    mkdirSync(join(root, "node_modules", "@aide-ts"), { recursive: true });
    symlinkSync(fileURLToPath(new URL("../", import.meta.url)), join(root, "node_modules", "@aide-ts", "cli"));
    writeFileSync(
      join(root, "example.mjs"),
      `import { Experiment } from "@aide-ts/cli";
const exp = new Experiment({
  dataDir: "my_data",
  goal: "Predict y",
  eval: "RMSE",
  agentConfig: { code: { model: "deepseek-7b", modelPath: "./models/deepseek-7b", quantization: "4-bit" } },
});
const first = await exp.run({ steps: 3 });
const second = await exp.run({ steps: 2 });
console.log(JSON.stringify({ first, second }));
`,
    );
    const { out, err } = shell(`"${process.execPath}" --conditions=@aide-ts/source example.mjs`, root, env);
    expect(err).toBe("");
    const { first, second } = JSON.parse(out);
    expect(first.validMetric).toBeGreaterThan(0);
    expect(first.code).toContain("submission.csv");
    expect(second).toEqual(first);
    expect(readdirSync(join(root, "logs"))).toHaveLength(1);
    expect(solutions(root)).toBe(5);
  });
});
