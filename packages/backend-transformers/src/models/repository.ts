import { join } from "node:path";
import { hubName } from "@aide-ts/backend-kit";
import { hubCacheFolder, repositoryFolder } from "./hub-cache.ts";
import { nameInvalid } from "../errors.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

/** A model on the hub, at a branch, a tag or a commit. */
export interface Repository {
  readonly name: string;
  readonly revision: string;
}

const namePattern = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;
const revisionPattern = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/;
export const commitPattern = /^[0-9a-f]{40}$/;

const [at, main] = ["@", "main"];

/** Whether this names a model on the hub: `owner/name`, `owner/name@revision`, or a short name as `deepseek-7b`. */
export const isRepository = (text: string): boolean => {
  const { name, revision } = split(text);
  // Two hyphens stand for the slash in the names of the cache's folders.
  return namePattern.test(name) && !/--|\.\./.test(name) && revisionPattern.test(revision) && !revision.includes("..");
};

/**
 * The model that a text names.
 * @throws AIDE_MODEL_NAME where it is not `owner/name` or `owner/name@revision`.
 */
export const asRepository = (text: string, revision?: string): Repository => {
  const whole = revision === undefined ? text : `${text}${at}${revision}`;
  if (isRepository(whole)) return split(whole);
  throw nameInvalid(whole);
};

const split = (text: string): Repository => {
  const end = text.indexOf(at);
  return end < 0
    ? { name: hubName(text), revision: main }
    : { name: hubName(text.slice(0, end)), revision: text.slice(end + 1) };
};

/** How the model is written on the command line. */
export const shown = ({ name, revision }: Repository): string => (revision === main ? name : `${name}${at}${revision}`);

/** Where the parts of a model lie in the hub's cache. */
export interface RepositoryFolders {
  readonly folder: string;
  readonly blobs: string;
  readonly ref: string;
  readonly lock: string;
  /** What was verified here, of which Hugging Face's own libraries know nothing. */
  readonly record: string;
  readonly own: string;
  readonly snapshot: (commit: string) => string;
}

export const cacheOf = (env: Variables): string => hubCacheFolder({ env: (name) => env[name] });

export const foldersOf = ({ name, revision }: Repository, cache: string): RepositoryFolders => {
  const folder = repositoryFolder(cache, name);
  const own = join(folder, ".aide");
  return {
    folder,
    blobs: join(folder, "blobs"),
    ref: join(folder, "refs", ...revision.split("/")),
    own,
    lock: join(own, "pull.lock"),
    record: join(own, "verified.json"),
    snapshot: (commit) => join(folder, "snapshots", commit),
  };
};
