import { availableParallelism } from "node:os";
import { ScriptExecutor } from "@aide-ts/executor-kit";
import { definePlugin, type PrepareHost } from "@aide-ts/plugin";
import { LocalLauncher } from "./launch/local-launcher.ts";
import { gpuNames, machineMemory } from "./machine.ts";
import { options } from "./options.ts";
import { processEnvironment } from "./process-environment.ts";
import { ensureEnvironment, type EnvironmentProgress } from "./python/ensure-environment.ts";
import { installedEnvironment } from "./python/installed-environment.ts";
import { platformUnsupported } from "./errors.ts";

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

const report = (progress: EnvironmentProgress, onProgress: PrepareHost["onProgress"]): void => {
  if (progress.kind === "progress") onProgress({ ...progress, kind: "download" });
  else if (progress.kind === "start") onProgress({ kind: "line", text: progress.summary });
  else if (progress.kind === "line") onProgress(progress);
};

export const plugin = definePlugin({
  kind: "executor",
  name: "local",
  summary: "Python processes on this machine, kept apart from each other.",
  options,
  async prepare({ packages, python }, { cacheFolder, variables, signal, onProgress }) {
    if (packages === "installed") return;
    const env = processEnvironment({ env: (name) => variables[name] });
    const { problems } = await ensureEnvironment({
      cacheFolder,
      python,
      env,
      signal,
      onProgress: (progress) => report(progress, onProgress),
    });
    for (const { name, error, fix } of problems) onProgress({ kind: "left-out", what: name, why: error, fix });
  },
  create(chosen, host) {
    if (process.platform === "win32") throw platformUnsupported();
    const env = processEnvironment(host);
    return new ScriptExecutor({
      launcher: new LocalLauncher({ forks: chosen.fork, lifetime: host.lifetime }),
      limits: chosen,
      data: host,
      workspaceFolder: host.workspaceFolder,
      concurrency: chosen.concurrency ?? host.slots,
      turns: host.turns,
      sharedFolder: host.sharedFolder,
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
