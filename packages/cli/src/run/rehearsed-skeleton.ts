import type { Host } from "@aide-ts/plugin";
import type { Plugins, RunServices } from "./compose.ts";
import { finalExecutorFor } from "./final-executor.ts";
import type { PreparedTask } from "./prepare-task.ts";
import { isBegun, readRecord } from "./record.ts";
import { rehearse } from "./rehearse.ts";
import type { RunRequest } from "./run-task.ts";
import { skeletonOf } from "./task-skeleton.ts";

/** The skeleton, once a constant prediction in it has got through the task; empty where it does not work on these data. */
export const rehearsedSkeleton = async (
  request: Pick<RunRequest, "config" | "folders" | "signal" | "say">,
  plugins: Plugins,
  host: Host,
  prepared: PreparedTask,
  services: RunServices,
  source: string,
): Promise<string> => {
  const { config, folders, signal, say } = request;
  const skeleton = skeletonOf(source, prepared);
  if (await isBegun(folders.logs)) return (await readRecord(folders.logs)).skeleton === "" ? "" : skeleton;
  if (!config.rehearse) return skeleton;
  await using final = await finalExecutorFor(request, plugins, host, prepared, services);
  const rehearsed = await rehearse({
    prepared,
    skeleton,
    executor: services.executor,
    finalExecutor: final.executor,
    signal,
  });
  if (rehearsed.kind === "passed") return skeleton;
  say(`skeleton it does not work on these data, so drafts are written without it: ${rehearsed.why}`);
  return "";
};
