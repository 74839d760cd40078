import { statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname } from "node:path";
import { seenGpus, type Gpu } from "@aide-ts/backend-kit";
import { libraryState, listModels } from "@aide-ts/backend-llamacpp";
import { findPython } from "@aide-ts/executor-local";
import { foundPrograms, memoryLines } from "@aide-ts/machine";
import { AideError } from "@aide-ts/plugin";
import { cacheFolder } from "@aide-ts/run/host";
import type { Shell } from "../shell.ts";
import { askedModel, type ModelFlags } from "./asked-model.ts";
import { renderError } from "../terminal/error.ts";
import { version } from "@aide-ts/run/host";

/** `aide doctor`: what a run needs, what is there, how to fix what is not, and whether a model fits the GPUs. */
export const doctor = async (shell: Shell, flags: ModelFlags, ...args: readonly string[]): Promise<number> => {
  const { env, out } = shell;
  const asked = await askedModel(flags, args, shell);
  const folder = cacheFolder(env);
  out(`aide     ${version()} on Node ${process.versions.node}, ${process.platform}-${process.arch}`);
  out(`machine  ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`);
  const disk = await statfs(folder)
    .catch(() => statfs(dirname(dirname(folder))))
    .catch(() => undefined);
  if (disk !== undefined)
    out(`disk     ${((disk.bavail * disk.bsize) / 1e9).toFixed(0)} GB free for models and Python packages (${folder})`);
  const gpus = await seenGpus(env);
  for (const gpu of gpus) out(`gpu      ${describe(gpu)}`);
  if (gpus.length === 0) out("gpu      no NVIDIA GPU seen");
  out(`programs ${foundPrograms(env)}`);
  let sound = true;
  try {
    const python = await findPython({ env });
    out(`python   ${python.version} (${python.path})`);
  } catch (error) {
    if (!AideError.is(error)) throw error;
    sound = false;
    out(renderError(error).text);
  }
  const library = await libraryState({ gpu: false, cacheFolder: folder, env });
  out(`llamacpp ${library.title}: ${library.state}${library.state === "absent" ? "; aide setup" : ""}`);
  for (const { model, state } of await listModels(folder))
    out(`model    ${model.title}: ${state === "ready" ? state : `${state}; aide models pull ${model.name}`}`);
  try {
    const lines = await memoryLines(asked, gpus, shell);
    for (const [at, line] of lines.entries()) out(`${at === 0 ? "memory " : "       "}  ${line}`);
  } catch (error) {
    if (!AideError.is(error)) throw error;
    sound = false;
    out(renderError(error).text);
  }
  return sound ? 0 : 2;
};

const describe = ({ name, total, free }: Gpu): string =>
  total === undefined || free === undefined
    ? `${name}, memory not told`
    : `${name}, ${(total / 1e9).toFixed(1)} GB (${(free / 1e9).toFixed(1)} GB free)`;
