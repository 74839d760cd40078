import type { Host } from "@aide-ts/plugin";
import type { RunServices } from "../compose/services.ts";
import { finalExecutorFor } from "./final-executor.ts";
import type { PreparedTask } from "./prepared-task.ts";
import { isBegun, readRecord } from "../record/record.ts";
import { rehearse } from "./rehearse.ts";
import type { RunRequest } from "../run/request.ts";
import { skeletonOf } from "./task-skeleton.ts";

/** The skeleton, once a constant prediction in it has got through the task; empty where it does not work on these data. */
export const rehearsedSkeleton = async (
  request: Pick<RunRequest, "config" | "plugins" | "folders" | "signal" | "notify">,
  host: Host,
  prepared: PreparedTask,
  services: RunServices,
  sources: Readonly<Record<string, string>>,
): Promise<string> => {
  const { config, folders, signal, notify } = request;
  const skeleton = skeletonOf(sources, config, prepared);
  if (await isBegun(folders.logs)) return (await readRecord(folders.logs)).skeleton === "" ? "" : skeleton;
  if (!config.rehearse) return skeleton;
  await using final = await finalExecutorFor(request, host, prepared, services);
  const rehearsed = await rehearse({
    prepared,
    skeleton,
    executor: services.executor,
    finalExecutor: final.executor,
    signal,
  });
  if (rehearsed.kind === "passed") return skeleton;
  notify(`skeleton it does not work on these data, so drafts are written without it: ${rehearsed.why}`);
  return "";
};
