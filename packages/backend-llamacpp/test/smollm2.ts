import { homedir } from "node:os";
import { join } from "node:path";
import type { BackendCall, GenerateRequest } from "@aide-ts/plugin";
import plugin, { pullModel, type LlamacppBackend } from "../src/index.ts";

/** Shared with the CLI and between runs: models are large. */
export const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide");

export const pulled = (name: string): Promise<string> => pullModel(name, { cacheFolder });

/** A backend made as the CLI makes it: options checked, then `create`. */
export const open = async (options: Record<string, unknown> = {}): Promise<LlamacppBackend> => {
  const checked = await plugin.options["~standard"].validate({ model: "smollm2-135m", ...options });
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues));
  const backend = plugin.create(checked.value, {
    cacheFolder,
    runFolder: cacheFolder,
    env: (name) => process.env[name],
    log: () => undefined,
  });
  return backend as LlamacppBackend;
};

export const ask = (content: string, rest: Omit<GenerateRequest, "messages"> = {}): GenerateRequest => ({
  messages: [{ role: "user", content }],
  ...rest,
});

export const call = (rest: Partial<BackendCall> = {}): BackendCall => ({
  seed: 1,
  grantedTokens: 64,
  signal: new AbortController().signal,
  ...rest,
});

/** Some `words` different words. */
export const words = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `word${(index + from) % 997}`).join(" ");
