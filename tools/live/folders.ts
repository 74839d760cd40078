import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const live = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "aide", "live");

export const folders = {
  ollama: join(live, "ollama", "ollama"),
  /** What Ollama writes beside its models, which would lie in the home of the user. */
  ollamaHome: join(live, "ollama-home"),
  ollamaModels: join(live, "ollama-models"),
  python: join(live, "vllm", "bin", "python"),
  /** Empty; `transformers serve` lists it and fails where it does not exist. */
  huggingFaceHome: join(live, "huggingface"),
  models: join(live, "models"),
  /** With `bin/`, `plugins/`. */
  slurm: join(live, "slurm"),
};

/** @throws Error with the command that installs it, where `path` does not exist. */
export const installed = (path: string, installer: string): string => {
  if (existsSync(path)) return path;
  throw new Error(`${path} is not there.\n  fix  ${installer}`);
};
