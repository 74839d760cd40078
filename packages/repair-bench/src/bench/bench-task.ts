import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { deriveSeed, digest, merge, type ConfigSource, type Use } from "@aide-ts/core";
import type { Backend } from "@aide-ts/plugin";
import {
  checkNeeds,
  evaluatorHost,
  dataFoldersIn,
  loadPlugins,
  openTask,
  unpackedFolder,
  pluginHost,
  preparePrompts,
  prepareTask,
  promptSources,
  RunServices,
  type Plugins,
  type Prompts,
  type RawConfig,
  type RunHost,
} from "@aide-ts/run";
import type { RepairCase } from "../repair-case.ts";
import type { CellContext } from "./repair-cell.ts";

export interface BenchPlace {
  readonly raw: RawConfig;
  /** The file by which arms find their plugins. */
  readonly armsSource: ConfigSource;
  /** Where logs and workspaces go. */
  readonly out: string;
  readonly host: RunHost;
  readonly signal: AbortSignal;
  readonly notify: (line: string) => void;
  /** Has plugins bring what the machine lacks, before they are made. */
  readonly prepare: (plugins: Plugins) => Promise<void>;
}

/** What one arm works with on one draft, except for who answers and what stops it, and the hash of all that its row depends on. */
interface ArmContext extends Omit<CellContext, "backend" | "signal"> {
  readonly setup: string;
}

/** A task of the bench, made ready once for all of its drafts and arms. */
export interface BenchTask extends AsyncDisposable {
  /** Drafts worked on at a time. */
  readonly slots: number;
  readonly backend: (role: string) => Backend;
  /** With the chain as the arm has it on one draft: the arm's prompts are the same on all. */
  readonly contextFor: (frozen: RepairCase, arm: string, strategies: readonly Use[]) => Promise<ArmContext>;
}

/** Opens a task of the bench under its config, starts what that names, and lays out the data. */
export const prepareBenchTask = async (
  { raw, armsSource, out, host, signal, notify, prepare }: BenchPlace,
  { data_dir, goal, eval: evaluation }: RepairCase["task"],
): Promise<BenchTask> => {
  const values = merge(raw.values, { data_dir, goal, eval: evaluation, strategies: [] });
  const { config, plugins: base, statement, dataFolder } = await openTask({ ...raw, values }, host);
  await prepare(base);
  const workspace = join(out, "workspaces", digest(data_dir).slice(0, 8));
  const workspaceFolder = join(workspace, "executions");
  const forPlugins = pluginHost(host, out, notify);
  await mkdir(workspaceFolder, { recursive: true });
  await using scope = new AsyncDisposableStack();
  const { slots } = config;
  const services = scope.use(
    new RunServices(base, forPlugins, { ...dataFoldersIn(workspace), workspaceFolder, slots }),
  );
  const unpacked = scope.use(await unpackedFolder());
  const place = { dataFolder, unpacked, workspace, executor: services.executor, signal };
  const prepared = await prepareTask(config, statement, place, () => Promise.resolve(undefined));
  const environment = await services.executor.environment(signal);
  const roles = [...base.backends.keys()].toSorted();
  const capabilities = await services.capabilities(roles, signal);
  const evaluators = base.evaluators.map(({ create }) => create(evaluatorHost(forPlugins, prepared)));
  const models = Object.fromEntries(roles.map((role) => [role, services.backend(role).model]));
  const promptsFor = async ({ prompts }: Plugins): Promise<Prompts> =>
    preparePrompts(config, await promptSources(config.prompts, prompts), prepared, statement, environment);
  const promptsOf = new Map<string, Promise<Prompts>>();
  const contextFor = async (
    { name, code }: RepairCase,
    arm: string,
    strategies: readonly Use[],
  ): Promise<ArmContext> => {
    // An arm that writes a new draft is asked the same on every draft of a task: with one seed, ten draws would be one.
    const seeded = { ...config, seed: deriveSeed(config.seed, name) };
    const plugins = await loadPlugins({ ...config, strategies: [...strategies] }, armsSource, host.builtins);
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
    contextFor,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};
