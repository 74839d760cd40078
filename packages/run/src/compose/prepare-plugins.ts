import type { PrepareProgress } from "@aide-ts/plugin";
import { cacheFolder, type RunHost } from "../host/run-host.ts";
import type { Plugins } from "./ready.ts";

export interface Preparing {
  readonly signal: AbortSignal;
  /** `of`: whose progress it is. */
  readonly onProgress: (of: "executor" | "backend", progress: PrepareProgress) => void;
}

/** Has executor and backends bring what a new machine lacks, one after the other: downloads share the line. */
export const preparePlugins = async (
  { backends, executor }: Partial<Pick<Plugins, "backends" | "executor">>,
  { env }: Pick<RunHost, "env">,
  { signal, onProgress }: Preparing,
): Promise<void> => {
  const host = (of: "executor" | "backend") => ({
    cacheFolder: cacheFolder(env),
    variables: env,
    signal,
    onProgress: (progress: PrepareProgress) => onProgress(of, progress),
  });
  await executor?.prepare(host("executor"));
  for (const { prepare } of backends?.values() ?? []) await prepare(host("backend"));
};
