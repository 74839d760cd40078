import { listModels, resolveModel } from "@aide-ts/backend-llamacpp";
import { AideError } from "@aide-ts/plugin";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { pullWithProgress } from "../setup/pull-with-progress.ts";

/** `aide models list | pull <name> | path <name>`. */
export const models = async ([action = "list", name]: readonly string[], shell: Shell): Promise<number> => {
  if (action === "list") {
    for (const { model, state } of await listModels(cacheFolder(shell.env))) {
      shell.out(
        `${model.name.padEnd(20)} ${model.title}, ${(model.bytes / 1e9).toFixed(2)} GB, ${model.licence}, ${state}`,
      );
    }
    return 0;
  }
  if (name === undefined || (action !== "pull" && action !== "path")) throw usage();
  const file =
    action === "pull"
      ? await pullWithProgress(name, shell)
      : await resolveModel(name, { cacheFolder: cacheFolder(shell.env), folder: shell.cwd });
  shell.out(file);
  return 0;
};

const usage = (): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: "Nothing says which model.",
    fix: "aide models list | pull <name> | path <name>",
    fault: "user",
  });
