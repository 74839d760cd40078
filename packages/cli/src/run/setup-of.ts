import type { Capabilities, Environment, Json } from "@aide-ts/plugin";
import type { Prompts } from "./prepare-prompts.ts";
import type { PreparedTask } from "./prepare-task.ts";
import type { RunRequest } from "./run-task.ts";
import type { Setup } from "./setup.ts";

/** The setup of a run that is about to be worked on. Secrets are masked first: a new key is no new setup. */
export const setupOf = (
  { config, evaluation, first, mask }: Pick<RunRequest, "config" | "evaluation" | "first" | "mask">,
  { resolved: { task, because, classes } }: Pick<PreparedTask, "resolved">,
  { book, brief, skeleton, reads }: Pick<Prompts, "book" | "brief" | "skeleton" | "reads">,
  capabilities: ReadonlyMap<string, Capabilities>,
  modelOf: (role: string) => string,
  { python, packages }: Pick<Environment, "python" | "packages">,
): Setup => {
  const { log_dir: _logs, workspace_dir: _workspaces, data_dir: _data, prices: _prices, ...settings } = config;
  const models = [...capabilities].map(([role, { details, contextTokens, has }]) => [
    role,
    { model: modelOf(role), contextTokens, has, details },
  ]);
  /** As JSON holds it: without keys that have no value. */
  const plain = (value: object): { readonly [key: string]: Json } => JSON.parse(mask(JSON.stringify(value)));
  return {
    settings: plain(settings),
    task: plain({ ...task, evaluation, because, classes }),
    models: plain(Object.fromEntries(models)),
    environment: { python, packages: Object.fromEntries(packages.map(({ name, version }) => [name, version])) },
    prompts: book.hashes,
    brief,
    skeleton,
    reads: plain(reads),
    first,
  };
};
