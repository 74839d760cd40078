import type { Capabilities, Environment, Json } from "@aide-ts/plugin";
import type { Prompts } from "../task/prepare-prompts.ts";
import type { PreparedTask } from "../task/prepared-task.ts";
import type { RunRequest } from "../run/request.ts";
import type { Fingerprint } from "./fingerprint.ts";

type FingerprintedRequest = Pick<RunRequest, "config" | "statement" | "initialScript" | "host">;

/** Of a run that is about to be worked on. Secrets are masked first: a new key makes no other run. */
export const fingerprintOf = (
  { config, statement: { evaluation }, initialScript, host }: FingerprintedRequest,
  { resolved: { task, because, classes } }: Pick<PreparedTask, "resolved">,
  { book, brief, skeleton, reads }: Pick<Prompts, "book" | "brief" | "skeleton" | "reads">,
  capabilities: ReadonlyMap<string, Capabilities>,
  modelOf: (role: string) => string,
  { python, packages }: Pick<Environment, "python" | "packages">,
): Fingerprint => {
  const { log_dir: _logs, workspace_dir: _workspaces, data_dir: _data, prices: _prices, ...settings } = config;
  const models = [...capabilities].map(([role, { details, contextTokens, has }]) => [
    role,
    { model: modelOf(role), contextTokens, has, details },
  ]);
  /** As JSON holds it: without keys that have no value. */
  const plain = (value: object): { readonly [key: string]: Json } =>
    JSON.parse(host.secrets.mask(JSON.stringify(value)));
  return {
    settings: plain(settings),
    task: plain({ ...task, evaluation, because, classes }),
    models: plain(Object.fromEntries(models)),
    environment: { python, packages: Object.fromEntries(packages.map(({ name, version }) => [name, version])) },
    prompts: book.hashes,
    brief,
    skeleton,
    reads: plain(reads),
    first: initialScript,
  };
};
