import { statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname } from "node:path";
import { listModels } from "@aide-ts/backend-llamacpp";
import { findPython } from "@aide-ts/executor-local";
import { AideError } from "@aide-ts/plugin";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { renderError } from "../render/error.ts";
import { version } from "../version.ts";

/** `aide doctor`: what a run needs, what is there, and how to mend what is not. */
export const doctor = async (_args: readonly string[], { env, out }: Shell): Promise<number> => {
  const folder = cacheFolder(env);
  out(`aide     ${version()} on Node ${process.versions.node}, ${process.platform}-${process.arch}`);
  out(`machine  ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`);
  const disk = await statfs(folder)
    .catch(() => statfs(dirname(dirname(folder))))
    .catch(() => undefined);
  if (disk !== undefined)
    out(`disk     ${((disk.bavail * disk.bsize) / 1e9).toFixed(0)} GB free for models and Python packages (${folder})`);
  let sound = true;
  try {
    const python = await findPython({ env });
    out(`python   ${python.version} (${python.path})`);
  } catch (error) {
    if (!AideError.is(error)) throw error;
    sound = false;
    out(renderError(error).text);
  }
  for (const { model, state } of await listModels(folder))
    out(`model    ${model.title}: ${state === "ready" ? state : `${state}; aide models pull ${model.name}`}`);
  return sound ? 0 : 2;
};
