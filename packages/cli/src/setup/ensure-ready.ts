import type { Carried } from "@aide-ts/core";
import { listModels } from "@aide-ts/backend-llamacpp";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { pullWithProgress } from "./pull-with-progress.ts";

/** Brings the embedded model if the config asks for one of the catalogue that is not here yet. The executor brings its own Python packages. */
export const ensureReady = async (
  { backend, backends }: Pick<Carried["config"], "backend" | "backends">,
  shell: Shell,
): Promise<void> => {
  for (const { use, options } of [backend, ...Object.values(backends)]) {
    if (use !== "llamacpp") continue;
    const wanted = options["model"] ?? "qwen2.5-coder-1.5b";
    const known = (await listModels(cacheFolder(shell.env))).find(({ model }) => model.name === wanted);
    if (known !== undefined && known.state !== "ready") await pullWithProgress(known.model.name, shell);
  }
};
