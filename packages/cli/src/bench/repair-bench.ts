import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { digest, type Use } from "@aide-ts/core";
import type { Host } from "@aide-ts/plugin";
import { row, type RepairCase, type Row } from "@aide-ts/repair-bench";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { checkNeeds } from "../run/check-chain.ts";
import { loadPlugins, RunServices, type Plugins } from "../run/compose.ts";
import { findDataFolder } from "../run/data-folder.ts";
import { preparePrompts, promptSources, type Prompts } from "../run/prepare-prompts.ts";
import { inputFolderIn, prepareTask } from "../run/prepare-task.ts";
import { readConfig } from "../run/read-config.ts";
import { evaluatorHost } from "../run/run-task.ts";
import { AnsweredOnce } from "./answered-once.ts";
import type { Arm, Arms } from "./arms.ts";
import { repairCell } from "./repair-cell.ts";

export interface RepairBench {
  readonly args: readonly string[];
  readonly cases: readonly RepairCase[];
  readonly arms: Arms;
  /** Where rows, logs and workspaces go; rows that it holds are not made again. */
  readonly out: string;
}

/** Works through every arm on every draft, task by task, and gives all rows. A bench that was stopped goes on where it was. */
export const runRepairBench = async (bench: RepairBench, shell: Shell): Promise<readonly Row[]> => {
  const rows = new Rows(join(bench.out, "rows.jsonl"), await readRows(join(bench.out, "rows.jsonl")));
  await mkdir(bench.out, { recursive: true });
  const folders = [...new Set(bench.cases.map(({ task }) => task.data_dir))];
  for (const folder of folders) {
    const cases = bench.cases.filter(({ task }) => task.data_dir === folder);
    const [first] = cases;
    if (first !== undefined) await onTask(bench, first.task, cases, rows, shell);
  }
  return rows.of(bench.cases, bench.arms.arms);
};

const onTask = async (
  { args, arms, out, cases: allCases }: RepairBench,
  { data_dir, goal, eval: words }: RepairCase["task"],
  cases: readonly RepairCase[],
  rows: Rows,
  shell: Shell,
): Promise<void> => {
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
  await using services = new RunServices(base, host, { dataFolder: inputFolderIn(workspace), workspaceFolder });
  const described = { goal: read, evaluation };
  const dataFolder = await findDataFolder(data_dir, shell.cwd);
  const prepared = await prepareTask(config, described, dataFolder, workspace, () => Promise.resolve(undefined));
  const environment = await services.executor.environment(shell.signal);
  const capabilities = await services.capabilities([...base.backends.keys()], shell.signal);
  const evaluators = base.evaluators.map(({ create }) => create(evaluatorHost(host, prepared)));
  const promptsFor = async ({ prompts }: Plugins): Promise<Prompts> =>
    preparePrompts(config, await promptSources(config.prompts, prompts), prepared, described, environment);
  const promptsOf = new Map<string, Prompts>();
  for (const frozen of cases) {
    const answers = new AnsweredOnce();
    for (const [at, { name, strategies }] of arms.arms.entries()) {
      const chain = strategies.map((use) => completed(use, frozen, rows));
      const plugins = await loadPlugins({ ...config, strategies: chain }, arms.source);
      checkNeeds(plugins.strategies, capabilities);
      const prompts = promptsOf.get(name) ?? (await promptsFor(plugins));
      promptsOf.set(name, prompts);
      const setup = digest({
        model: services.backend("code").model,
        sampling: JSON.stringify(config.sampling),
        seed: config.seed,
        chain: JSON.stringify(chain),
        prompts: prompts.book.hashes,
        brief: prompts.brief,
        code: frozen.code,
      });
      if (rows.has(frozen.name, name, setup)) continue;
      const place = `${allCases.indexOf(frozen) * arms.arms.length + at + 1}/${allCases.length * arms.arms.length}`;
      const folder = join(out, "cells", frozen.name);
      await mkdir(folder, { recursive: true });
      const made = await repairCell(frozen, name, setup, join(folder, `${name}.jsonl`), {
        config,
        plugins,
        task: prepared.resolved.task,
        prompts,
        capabilities,
        backend: (role) => answers.around(services.backend(role)),
        executor: services.executor,
        evaluators,
        signal: shell.signal,
      });
      await rows.add(made);
      shell.out(`${place} ${progress(made)}`);
    }
  }
};

/** What is known only here: the fix for the oracle, and what reflection has used on the same draft for whoever samples again instead. */
const completed = (use: Use, { name, code, fix }: RepairCase, rows: Rows): Use => {
  if (use.use === "oracle-critique" && fix !== undefined)
    return { ...use, options: { ...use.options, known: [{ code, fix }] } };
  const reflected = rows.find(name, "reflection")?.tokens;
  return use.use === "resample" && use.options["tokens"] === undefined && reflected !== undefined && reflected > 0
    ? { ...use, options: { ...use.options, tokens: reflected } }
    : use;
};

const progress = ({ case: name, arm, outcome, noted, seconds, tokens }: Row): string =>
  `${name.padEnd(18)} ${arm.padEnd(22)} ${outcome}${noted === undefined ? "" : ` (${noted})`}, ${tokens} tokens, ${seconds.toFixed(0)} s`;

const cellOf = (name: string, arm: string): string => JSON.stringify([name, arm]);

/** Rows by case and arm, kept in a file. */
class Rows {
  readonly #file: string;
  readonly #rows = new Map<string, Row>();

  constructor(file: string, known: readonly Row[]) {
    this.#file = file;
    for (const one of known) this.#rows.set(cellOf(one.case, one.arm), one);
  }

  find(name: string, arm: string): Row | undefined {
    return this.#rows.get(cellOf(name, arm));
  }

  has(name: string, arm: string, setup: string): boolean {
    return this.find(name, arm)?.setup === setup;
  }

  async add(made: Row): Promise<void> {
    this.#rows.set(cellOf(made.case, made.arm), made);
    await appendFile(this.#file, `${JSON.stringify(made)}\n`);
  }

  of(cases: readonly RepairCase[], arms: readonly Arm[]): readonly Row[] {
    return cases.flatMap(({ name }) => arms.flatMap((arm) => this.find(name, arm.name) ?? []));
  }
}

const readRows = async (file: string): Promise<readonly Row[]> => {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    // The last line of a bench that was killed may be cut off.
    const parsed = line === "" ? undefined : row.safeParse(asJson(line)).data;
    return parsed === undefined ? [] : [parsed];
  });
};

const asJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
