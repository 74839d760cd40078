import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DataReader, layOutFinal } from "@aide-ts/data";
import type { Executor, Host } from "@aide-ts/plugin";
import type { Plugins } from "../compose/ready.ts";
import type { RunServices } from "../compose/services.ts";
import { finalFolderIn } from "./data-folders.ts";
import type { PreparedTask } from "./prepared-task.ts";
import type { RunRequest } from "../run/request.ts";

export interface FinalExecutor extends AsyncDisposable {
  /** None where there is no final run: the user has no test rows, or wants none. */
  readonly executor: Executor | undefined;
}

/** An executor for the data of the final run, which are laid out where they are not the user's own; both go with it. */
export const finalExecutorFor = async (
  {
    config,
    plugins,
    folders,
    turns,
    lifetime,
    signal,
  }: Pick<RunRequest, "config" | "folders" | "turns" | "lifetime" | "signal"> & {
    readonly plugins: Pick<Plugins, "executor">;
  },
  host: Host,
  { wholeFolder, finalPlan, data }: PreparedTask,
  services: Pick<RunServices, "executor">,
): Promise<FinalExecutor> => {
  if (!config.refit || data?.finalSubmission === undefined)
    return { executor: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  const workspaceFolder = join(folders.workspace, "final");
  const own = finalFolderIn(folders.workspace);
  await mkdir(workspaceFolder, { recursive: true });
  if (finalPlan !== undefined) {
    await rm(own, { recursive: true, force: true });
    await using reader = await DataReader.start(
      services.executor,
      { reads: [wholeFolder], writes: [folders.workspace] },
      signal,
    );
    await layOutFinal(reader, finalPlan);
  }
  const dataFolder = finalPlan === undefined ? wholeFolder : own;
  const executor = plugins.executor.create({
    ...host,
    dataFolder,
    dataView: () => undefined,
    workspaceFolder,
    slots: 1,
    turns,
    lifetime,
  });
  return {
    executor,
    async [Symbol.asyncDispose]() {
      await executor[Symbol.asyncDispose]();
      await rm(own, { recursive: true, force: true });
    },
  };
};
