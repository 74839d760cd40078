import { availableParallelism } from "node:os";
import { AideError, definePlugin } from "@aide-ts/plugin";
import { LocalExecutor } from "./local-executor.ts";
import { gpuNames } from "./machine/gpus.ts";
import { machineMemory } from "./machine/memory.ts";
import { options } from "./options.ts";
import { processEnvironment } from "./process-environment.ts";
import { ensureEnvironment, type EnvironmentProgress } from "./python/ensure-environment.ts";
import { installedEnvironment } from "./python/installed-environment.ts";

const described = (progress: EnvironmentProgress): string | undefined => {
  switch (progress.kind) {
    case "start":
      return progress.summary;
    case "line":
      return progress.text;
    case "ready":
      return `Python ${progress.python} is ready.`;
    case "progress":
      return undefined;
  }
};

export const plugin = definePlugin({
  kind: "executor",
  name: "local",
  options,
  create(chosen, host) {
    if (process.platform === "win32")
      throw new AideError({
        code: "AIDE_PLATFORM_UNSUPPORTED",
        message: "The local executor runs on Linux and macOS only.",
        fix: "Run aide inside WSL.",
        fault: "user",
      });
    const env = processEnvironment(host);
    return new LocalExecutor({
      options: chosen,
      dataFolder: host.dataFolder,
      workspaceFolder: host.workspaceFolder,
      concurrency: chosen.concurrency ?? host.slots,
      env: (name) => host.env(name),
      python: (signal) =>
        chosen.packages === "installed"
          ? installedEnvironment({ python: chosen.python, env, signal })
          : ensureEnvironment({
              cacheFolder: host.cacheFolder,
              python: chosen.python,
              env,
              signal,
              onProgress: (progress) => {
                const line = described(progress);
                if (line !== undefined) host.log(line);
              },
            }),
      machine: async () => ({ cpus: availableParallelism(), memoryBytes: machineMemory(), gpus: await gpuNames(env) }),
    });
  },
});
