import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { deriveSeed, digest, type Use } from "@aide-ts/core";
import type { Backend, Host } from "@aide-ts/plugin";
import type { RepairCase } from "@aide-ts/repair-bench";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { checkNeeds } from "../run/check-chain.ts";
import { loadPlugins, RunServices, type Plugins } from "../run/compose.ts";
import { findDataFolder } from "../run/data-folder.ts";
import { preparePrompts, promptSources, type Prompts } from "../run/prepare-prompts.ts";
import { inputFolderIn, prepareTask } from "../run/prepare-task.ts";
import { readConfig } from "../run/read-config.ts";
import { evaluatorHost } from "../run/run-task.ts";
import type { Ground } from "./repair-cell.ts";

/** Where a bench reads and writes: the config's arguments, the file by which arms find their plugins, the folder of its logs. */
interface Place {
  readonly args: readonly string[];
  readonly source: string;
  readonly out: string;
}

/** What one arm works with on one draft, but for who answers and what stops it, and the hash of all that its row depends on. */
interface ArmGround extends Omit<Ground, "backend" | "signal"> {
  readonly setup: string;
}

/** A task of the bench, made ready once for all of its drafts and arms. */
export interface BenchTask extends AsyncDisposable {
  /** Drafts worked on at a time. */
  readonly slots: number;
  readonly backend: (role: string) => Backend;
  /** With the chain as the arm has it on one draft: the arm's prompts are the same on all. */
  readonly ground: (frozen: RepairCase, arm: string, strategies: readonly Use[]) => Promise<ArmGround>;
}

/** Reads the config, starts what it names, and lays out the data of one task. */
export const prepareBenchTask = async (
  { args, source: armsSource, out }: Place,
  { data_dir, goal, eval: words }: RepairCase["task"],
  shell: Shell,
): Promise<BenchTask> => {
  const told = [`data_dir=${data_dir}`, `goal=${goal}`, `eval=${words}`];
  const { config, source, goal: read, evaluation } = await readConfig([...args, ...told, "strategies=[]"], shell);
  const base = await loadPlugins(config, source);
  const workspace = join(out, "workspaces", digest(data_dir).slice(0, 8));
  const workspaceFolder = join(workspace, "executions");
  const host: Host = {
    cacheFolder: cacheFolder(shell.env),
    runFolder: out,
    env: (name) => shell.env[name],
    log: shell.out,
  };
  await mkdir(workspaceFolder, { recursive: true });
  await using scope = new AsyncDisposableStack();
  const { slots } = config;
  const services = scope.use(
    new RunServices(base, host, { dataFolder: inputFolderIn(workspace), workspaceFolder, slots }),
  );
  const described = { goal: read, evaluation };
  const dataFolder = await findDataFolder(data_dir, shell.cwd);
  const place = { dataFolder, workspace, executor: services.executor, signal: shell.signal };
  const prepared = await prepareTask(config, described, place, () => Promise.resolve(undefined));
  const environment = await services.executor.environment(shell.signal);
  const roles = [...base.backends.keys()].toSorted();
  const capabilities = await services.capabilities(roles, shell.signal);
  const evaluators = base.evaluators.map(({ create }) => create(evaluatorHost(host, prepared)));
  const models = Object.fromEntries(roles.map((role) => [role, services.backend(role).model]));
  const promptsFor = async ({ prompts }: Plugins): Promise<Prompts> =>
    preparePrompts(config, await promptSources(config.prompts, prompts), prepared, described, environment);
  const promptsOf = new Map<string, Promise<Prompts>>();
  const ground = async ({ name, code }: RepairCase, arm: string, strategies: readonly Use[]): Promise<ArmGround> => {
    // Who drafts anew is asked the same on every draft of a task: with one seed, ten draws would be one.
    const seeded = { ...config, seed: deriveSeed(config.seed, name) };
    const plugins = await loadPlugins({ ...config, strategies: [...strategies] }, armsSource);
    checkNeeds(plugins.strategies, capabilities);
    const preparing = promptsOf.get(arm) ?? promptsFor(plugins);
    promptsOf.set(arm, preparing);
    const prompts = await preparing;
    const setup = digest({
      models,
      sampling: JSON.stringify(config.sampling),
      seed: seeded.seed,
      chain: JSON.stringify(strategies),
      prompts: prompts.book.hashes,
      brief: prompts.brief,
      code,
    });
    const { task } = prepared.resolved;
    return { config: seeded, plugins, task, prompts, capabilities, executor: services.executor, evaluators, setup };
  };
  const started = scope.move();
  return {
    slots,
    backend: (role) => services.backend(role),
    ground,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};
