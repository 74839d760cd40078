import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { asRepository, cacheOf, commitPattern, foldersOf, type Repository, type Variables } from "./repository.ts";
import { notPulled } from "../errors.ts";

const index = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** The commit that a revision was when it was fetched. */
export const knownCommit = async (repository: Repository, cache: string): Promise<string | undefined> => {
  if (commitPattern.test(repository.revision)) return repository.revision;
  const text = await readFile(foldersOf(repository, cache).ref, "utf8").catch(() => undefined);
  return text !== undefined && commitPattern.test(text.trim()) ? text.trim() : undefined;
};

/** Whether a folder has a config and all the weights that its index names, whoever fetched them. */
export const isWhole = async (folder: string): Promise<boolean> => {
  const isThere = async (file: string) => (await stat(join(folder, file)).catch(() => undefined))?.isFile() ?? false;
  if (!(await isThere("config.json"))) return false;
  const text = await readFile(join(folder, "model.safetensors.index.json"), "utf8").catch(() => undefined);
  if (text === undefined) return true;
  try {
    const shards = new Set(Object.values(index.parse(JSON.parse(text)).weight_map));
    return (await Promise.all([...shards].map(isThere))).every(Boolean);
  } catch {
    return false;
  }
};

/**
 * Folder of a model's snapshot in the hub's cache, of a whole one. The network is not asked.
 *
 * @param name `owner/name`, `owner/name@revision` or a short name as `deepseek-7b`.
 * @throws AIDE_MODEL_NAME, AIDE_MODEL_NOT_PULLED
 */
export const findSnapshot = async (name: string, env: Variables = process.env): Promise<string> => {
  const repository = asRepository(name);
  const cache = cacheOf(env);
  const commit = await knownCommit(repository, cache);
  const folders = foldersOf(repository, cache);
  const folder = commit === undefined ? undefined : folders.snapshot(commit);
  if (folder !== undefined && (await isWhole(folder))) return folder;
  const offline = isOffline(env);
  throw notPulled(repository, offline, folder ?? folders.folder);
};

/** Whether the hub must not be asked. Values as `huggingface_hub` reads them. */
export const isOffline = (env: Variables): boolean =>
  ["1", "true", "yes", "on"].includes(env["HF_HUB_OFFLINE"]?.toLowerCase() ?? "");
