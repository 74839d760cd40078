import { resolve } from "node:path";
import type { Ran } from "@aide-ts/core";
import { processEnvironment } from "./process-environment.ts";
import { findDataFolder } from "./run/data-folder.ts";
import { createRunFolders, type RunFolders } from "./run/folders.ts";
import { readConfig } from "./run/read-config.ts";
import { runTask } from "./run/run-task.ts";
import { secretsOf } from "./secrets.ts";
import { ensureReady } from "./setup/ensure-ready.ts";

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

  /** Does `steps` more steps; a second call goes on where the first ended. */
  async run({ steps }: { readonly steps: number }): Promise<ExperimentResult> {
    const cwd = process.cwd();
    this.#steps += steps;
    const args = [...argumentsOf(this.#options), `agent.steps=${this.#steps}`];
    const env = processEnvironment();
    const secrets = secretsOf(env);
    const { config, source, goal, evaluation, description } = await readConfig(args, { cwd, secrets, env });
    const dataFolder = await findDataFolder(config.data_dir, cwd);
    this.#folders ??= await createRunFolders(
      resolve(cwd, config.log_dir),
      resolve(cwd, config.workspace_dir),
      config.exp_name,
    );
    this.#startedAt ||= Date.now();
    const shell = {
      cwd,
      env,
      secrets,
      out: () => undefined,
      err: () => undefined,
      interactive: false,
      signal: new AbortController().signal,
    };
    await ensureReady(config, shell);
    const { ran } = await runTask({
      ...shell,
      mask: secrets.mask,
      first: "",
      discardOpen: false,
      config,
      goal,
      evaluation,
      description,
      source,
      dataFolder,
      folders: this.#folders,
      observe: () => undefined,
      say: () => undefined,
      kept: { args },
      startedAt: this.#startedAt,
    });
    return resultOf(ran);
  }
}

const resultOf = ({ journal: { best } }: Ran): ExperimentResult => ({
  validMetric: best?.evaluation.valid === true ? best.evaluation.score.value : undefined,
  code: best?.candidate.code ?? "",
});

const argumentsOf = ({
  dataDir,
  goal,
  eval: evaluation,
  agentConfig,
  config,
}: ExperimentOptions): readonly string[] => {
  const code = agentConfig?.code;
  const named: Readonly<Record<string, string | number | boolean | undefined>> = {
    data_dir: dataDir,
    goal,
    eval: evaluation,
    "agent.code.model": code?.model,
    "agent.model.path": code?.modelPath,
    "agent.code.quantization": code?.quantization,
    "agent.code.temp": code?.temp,
    ...config,
  };
  return Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
};
