import { homedir } from "node:os";
import { join } from "node:path";
import type { Host } from "@aide-ts/plugin";

/** Where Hugging Face's own libraries keep models, so that both find what either has fetched. */
export const hubCacheFolder = ({ env }: Pick<Host, "env">): string => {
  const set = (name: string) => {
    const value = env(name);
    return value === "" ? undefined : value;
  };
  return (
    set("HF_HUB_CACHE") ??
    join(
      set("HF_HOME") ?? join(set("XDG_CACHE_HOME") ?? join(set("HOME") ?? homedir(), ".cache"), "huggingface"),
      "hub",
    )
  );
};

/** Folder of a model in the cache, which holds its blobs, snapshots and refs. */
export const repositoryFolder = (cache: string, model: string): string =>
  join(cache, `models--${model.replaceAll("/", "--")}`);
