import { resolve } from "node:path";
import { layerOf, type Ran } from "@aide-ts/core";
import { createRunFolders, openTask, preparePlugins, readRawConfig, runTask, type RunFolders } from "@aide-ts/run";
import { secretsOf } from "@aide-ts/run/host";
import { processEnvironment } from "./shell.ts";
import { runHost } from "./run-host.ts";

export interface ExperimentOptions {
  readonly dataDir: string;
  readonly goal: string;
  readonly eval?: string;
  readonly agentConfig?: {
    readonly code?: {
      readonly model?: string;
      readonly modelPath?: string;
      readonly quantization?: string;
      readonly temp?: number;
    };
  };
  /** Any other keys of a config, as `"search.drafts": 3`. */
  readonly config?: Readonly<Record<string, string | number | boolean>>;
}

export interface ExperimentResult {
  /** The best search score; `undefined` while no solution is valid. */
  readonly validMetric: number | undefined;
  readonly code: string;
}

/** AIDE's Python API in TypeScript: one task, searched in as many portions as you like. */
export class Experiment {
  readonly #options: ExperimentOptions;
  #folders: RunFolders | undefined;
  #steps = 0;
  #startedAt = 0;

  constructor(options: ExperimentOptions) {
    this.#options = options;
  }

  /** Where the run's files are; `undefined` before the first `run`. */
  get logFolder(): string | undefined {
    return this.#folders?.logs;
  }

  /** Does `steps` more steps; a second call continues where the first ended. */
  async run({ steps }: { readonly steps: number }): Promise<ExperimentResult> {
    this.#steps += steps;
    const env = processEnvironment();
    const host = runHost({ cwd: process.cwd(), env, secrets: secretsOf(env) });
    const values = layerOf({ ...settingsOf(this.#options), "agent.steps": this.#steps });
    const { warnings: _warnings, ...task } = await openTask(await readRawConfig("search", values, host), host);
    const { config } = task;
    this.#folders ??= await createRunFolders(
      resolve(host.cwd, config.log_dir),
      resolve(host.cwd, config.workspace_dir),
      config.exp_name,
    );
    this.#startedAt ||= Date.now();
    const { signal } = new AbortController();
    const silent = () => undefined;
    await preparePlugins(task.plugins, host, { signal, onProgress: silent });
    const folders = this.#folders;
    const startedAt = this.#startedAt;
    const { ran } = await runTask({ ...task, folders, startedAt, host, observe: silent, notify: silent, signal });
    return resultOf(ran);
  }
}

const resultOf = ({ journal: { best } }: Ran): ExperimentResult => ({
  validMetric: best?.evaluation.valid === true ? best.evaluation.score.value : undefined,
  code: best?.candidate.code ?? "",
});

const settingsOf = ({
  dataDir,
  goal,
  eval: evaluation,
  agentConfig,
  config,
}: ExperimentOptions): Readonly<Record<string, unknown>> => {
  const code = agentConfig?.code;
  const named = {
    data_dir: dataDir,
    goal,
    eval: evaluation,
    "agent.code.model": code?.model,
    "agent.model.path": code?.modelPath,
    "agent.code.quantization": code?.quantization,
    "agent.code.temp": code?.temp,
    ...config,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
};
