import { join } from "node:path";
import { checkOptions, loadPlugin, readConfigFile } from "@aide-ts/core";
import type { Launcher } from "@aide-ts/plugin";
import { pluginHost, type RunHost } from "@aide-ts/run/host";
import { ablationSchema } from "../plan/schema.ts";

export interface LauncherAsked {
  /** The ablation's file, which may name a launcher with its options. */
  readonly file: string;
  /** In place of the file's; its options hold where it is the same one. */
  readonly use: string | undefined;
  readonly jobs: number | undefined;
  /** The ablation's folder. */
  readonly root: string;
  readonly onProgress: (line: string) => void;
}

/** Where the launcher of an ablation keeps what processes print. */
export const launchFolderOf = (root: string): string => join(root, "launch");

/** @throws what loading a plugin and checking its options throw */
export const openLauncher = async (
  { file, use, jobs, root, onProgress }: LauncherAsked,
  { cwd, env, builtins }: Pick<RunHost, "cwd" | "env" | "builtins">,
): Promise<Launcher> => {
  const written = ablationSchema
    .pick({ launcher: true })
    .loose()
    .parse(await readConfigFile(file)).launcher;
  const { use: named, ...options } = typeof written === "string" ? { use: written } : written;
  const asked =
    use === undefined
      ? ({ source: { kind: "file", path: file }, key: "launcher" } as const)
      : ({ source: { kind: "command line", folder: cwd }, key: "launcher" } as const);
  const plugin = await loadPlugin("launcher", use ?? named, asked, builtins);
  const launchFolder = launchFolderOf(root);
  return plugin.create(await checkOptions<unknown>(plugin, use === undefined || use === named ? options : {}, asked), {
    ...pluginHost({ env }, launchFolder, onProgress),
    jobs,
    launchFolder,
    variables: env,
    onProgress,
  });
};
