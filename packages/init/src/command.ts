import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { merge, parseOverrides, type Layer } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { ReadyTaskOptions } from "@aide-ts/run";
import { version, type RunHost } from "@aide-ts/run/host";
import { configText, recommended } from "./config-text.ts";
import { fileTaken, folderMissing, nobodyToAsk } from "./errors.ts";
import { foundModels, type FoundModel } from "./found-models.ts";
import { inspected, type Inspected } from "./inspected.ts";
import type { Questions } from "./questions.ts";

/** What the command may know of the process that runs it. */
export interface InitShell {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
  readonly host: RunHost;
  readonly makeReady: ReadyTaskOptions["makeReady"];
  /** Absent where no one can answer. */
  readonly questions?: Questions;
}

export interface InitFlags {
  readonly out: string | undefined;
  readonly yes: boolean | undefined;
  readonly force: boolean | undefined;
}

/**
 * `aide init`: writes a first config. The folder is inspected as a run would inspect it, so that what is written is known to run.
 * @throws AIDE_NO_TERMINAL, AIDE_FILE_EXISTS, AIDE_ARGUMENT; with --yes what preparing the task throws
 */
export const init = async (
  shell: InitShell,
  { out = "aide.config.yaml", yes = false, force = false }: InitFlags,
  ...args: readonly string[]
): Promise<number> => {
  const questions = yes ? undefined : shell.questions;
  if (questions === undefined && !yes) throw nobodyToAsk();
  const file = resolve(shell.cwd, out);
  if (existsSync(file) && !force) throw fileTaken(out);
  questions?.begin("aide init");
  const folder = args.find((word) => !word.includes("="));
  const given = parseOverrides(args.filter((word) => word.includes("=")));
  const data = folder ?? textAt(given, "data_dir") ?? (await questions?.text("Which folder holds the data?", "data"));
  if (data === undefined) throw folderMissing();
  const asked = await askedOf(merge(given, { data_dir: pathIn(file, data, shell.cwd) }), file, shell, questions);
  await writeFile(file, configText({ ...asked, schema: schemaFor(file) }), { flag: force ? "w" : "wx" });
  const shown = relative(shell.cwd, file);
  const next = `${shown} is written. \`aide run${out === "aide.config.yaml" ? "" : ` ${shown}`}\` starts the search.`;
  if (questions === undefined) shell.out(next);
  else questions.end(next);
  return 0;
};

/** The keys of the task, of the model and of the budget, asked for where someone answers. */
const askedOf = async (given: Layer, file: string, shell: InitShell, questions: Questions | undefined) => {
  const { holdout } = recommended;
  const inspect = (keys: Layer): Promise<Inspected> =>
    inspected(merge({ holdout }, keys), file, shell.host, {
      signal: shell.signal,
      log: shell.err,
      makeReady: shell.makeReady,
    });
  let { keys, found } = await untilInspected(given, inspect, questions);
  const usual = keys["metric"] === undefined ? { metric: found.metricBecause } : {};
  if (questions === undefined) for (const line of found.lines) shell.out(line);
  else questions.show(found.lines, "what a run finds");
  const goal = textAt(keys, "goal") ?? textAt(keys, "desc_file");
  if (goal === undefined) {
    const likely = found.targets.length === 0 ? "" : `Predict ${found.targets.join(", ")}`;
    keys = merge(keys, { goal: (await questions?.text("What is to be predicted, in a sentence?", likely)) ?? likely });
  }
  if (questions !== undefined && keys["metric"] === undefined && keys["eval"] === undefined) {
    const words = await questions.text("How are predictions scored? A metric, or a sentence.", found.metric);
    ({ keys, found } = await untilInspected(
      merge(keys, words === found.metric ? { metric: words } : { eval: words }),
      inspect,
      questions,
    ));
    questions.show([`metric   ${found.metric} (${found.metricBecause})`], "read as");
  }
  const model = "backend" in keys || "agent" in keys ? {} : await modelOf(shell, questions);
  const budget = "budget" in keys ? {} : { budget: { steps: 50, time: await timeOf(questions) } };
  const because = { ...(found.targets.length === 0 ? {} : { target: found.because }), ...usual };
  const task = {
    data_dir: keys["data_dir"],
    goal: keys["goal"],
    ...(found.targets.length === 0 ? {} : { target: found.targets.length === 1 ? found.targets[0] : found.targets }),
    ...(keys["eval"] === undefined ? { metric: found.metric } : {}),
  };
  return { keys: merge(merge(task, keys), merge(model, budget)), because, heldBack: found.heldBack };
};

/** Inspects, and asks for keys that are missing or wrong as long as a run would refuse the task. */
const untilInspected = async (
  keys: Layer,
  inspect: (keys: Layer) => Promise<Inspected>,
  questions: Questions | undefined,
): Promise<{ readonly keys: Layer; readonly found: Inspected }> => {
  try {
    return { keys, found: await inspect(keys) };
  } catch (error) {
    if (questions === undefined || !AideError.is(error) || error.fault !== "user") throw error;
    questions.show([error.message, error.fix], "not yet");
    const words = await questions.text("Which keys make it right? (as target=price)", "");
    return untilInspected(merge(keys, parseOverrides([words])), inspect, questions);
  }
};

const modelOf = async ({ env, signal }: InitShell, questions: Questions | undefined): Promise<Layer> => {
  if (questions === undefined) return { backend: "llamacpp" };
  const models = await foundModels(env, signal);
  const { keys, service } = await questions.choose(
    "Which model shall write the scripts?",
    models.map((model): { value: FoundModel; label: string; hint: string } => ({ value: model, ...model })),
  );
  if (service !== true) return keys;
  return merge(keys, { backend: { model: await questions.text("Its name?", "") } });
};

const timeOf = async (questions: Questions | undefined): Promise<string> =>
  (await questions?.choose("How long may it take?", [
    { value: "10m", label: "10 minutes" },
    { value: "30m", label: "30 minutes" },
    { value: "2h", label: "2 hours" },
    { value: "8h", label: "a night" },
  ])) ?? "30m";

/** A folder as the config's file names it; one that is not there may be an example that comes with aide. */
const pathIn = (file: string, folder: string, cwd: string): string => {
  const path = resolve(cwd, folder);
  return isAbsolute(folder) || !existsSync(path) ? folder : relative(dirname(file), path) || ".";
};

/** The schema of the command line that is installed beside the file, else the published one of this version. */
const schemaFor = (file: string): string => {
  const name = "schemas/config.schema.json";
  const manifest = installedCli(file);
  if (manifest === undefined) return `https://unpkg.com/@aide-ts/cli@${version()}/${name}`;
  const path = relative(dirname(file), join(dirname(manifest), name));
  return path.startsWith(".") ? path : `./${path}`;
};

const installedCli = (file: string): string | undefined => {
  try {
    return findPackageJSON("@aide-ts/cli", pathToFileURL(file));
  } catch {
    return undefined;
  }
};

const textAt = (layer: Layer, key: string): string | undefined => {
  const value = layer[key];
  return typeof value === "string" ? value : undefined;
};
