import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import local from "@aide-ts/executor-local";
import type { Executor, SubmissionFormat } from "@aide-ts/plugin";
import { cacheFolder, findScriptsPython } from "../../../tools/vitest/scripts-python.ts";
import {
  DataReader,
  inferRoles,
  inspectDataset,
  prepareData,
  Relations,
  type Found,
  type PrepareOptions,
  type RoleHints,
} from "../src/index.ts";

/** The scripts' own Python, as a run has it. */
export const openExecutor = async (dataFolder: string, workspaceFolder: string): Promise<Executor> => {
  const checked = await local.options["~standard"].validate({});
  if (checked.issues) throw new Error("the local executor takes no options");
  return local.create(checked.value, {
    cacheFolder,
    runFolder: workspaceFolder,
    dataFolder,
    dataView: () => undefined,
    workspaceFolder,
    slots: 1,
    env: (name) => process.env[name],
    log: () => undefined,
  });
};

export interface Opened extends AsyncDisposable {
  readonly root: string;
  readonly reader: DataReader;
  /** The interpreter that scripts run on. */
  readonly python: string;
}

/** A reader beside a folder of its own; `more`: what it may read beside that. */
export const openReader = async (more: readonly string[] = []): Promise<Opened> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), "aide-data-")));
  const executor = await openExecutor(root, join(root, "workspace"));
  const python = await findScriptsPython();
  const reader = await DataReader.start(
    executor,
    { reads: [root, ...more], writes: [root] },
    new AbortController().signal,
  );
  return {
    root,
    reader,
    python,
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await executor[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
};

export const writeFiles = async (
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> => {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
};

export const hintsOf = (words: string, more: Partial<RoleHints> = {}): RoleHints => ({
  words,
  targets: [],
  id: [],
  files: {},
  ...more,
});

export const rolesIn = async (reader: DataReader, folder: string, hints: RoleHints): Promise<Found> =>
  inferRoles(await inspectDataset(folder, reader), hints, new Relations(reader));

export const defaults = {
  seed: 0,
  share: { fraction: 0.2, rows: 20_000 },
  folds: 1,
  fresh: 0,
  split: {},
  kind: "value" as SubmissionFormat["kind"],
  classes: false,
  positive: undefined,
  allowed: [],
  dropped: [],
};

/** Lays a folder out as a run does. */
export const prepareFolder = async (
  reader: DataReader,
  folder: string,
  target: string,
  hints: RoleHints,
  options: Partial<PrepareOptions> = {},
) => {
  const dataset = await inspectDataset(folder, reader);
  const relations = new Relations(reader);
  const found = await inferRoles(dataset, hints, relations);
  if (found.kind !== "found") throw new Error(JSON.stringify(found));
  const { roles } = found;
  const data = await prepareData(reader, dataset, roles, relations, {
    ...defaults,
    root: folder,
    search: join(target, "input"),
    final: join(target, "final"),
    viewFolder: (name) => join(target, "views", name),
    ...options,
  });
  return { dataset, roles, data, input: join(target, "input") };
};
