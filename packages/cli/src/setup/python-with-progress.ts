import { ensureEnvironment, type PythonEnvironment } from "@aide-ts/executor-local";
import { cacheFolder } from "@aide-ts/run/host";
import type { Shell } from "../shell.ts";
import { ProgressBar } from "./progress-bar.ts";

/** Sets the Python environment for scripts up, telling sizes first, then a bar; names each package that cannot be imported, with its fix. */
export const pythonWithProgress = async (shell: Shell, python?: string): Promise<PythonEnvironment> => {
  using bar = new ProgressBar(shell);
  const environment = await ensureEnvironment({
    cacheFolder: cacheFolder(shell.env),
    python,
    env: shell.env,
    signal: shell.signal,
    onProgress: (progress) => {
      switch (progress.kind) {
        case "start":
          shell.out(`python   ${progress.summary}`);
          break;
        case "progress":
          bar.draw(progress.bytes, progress.total, progress.bytesPerSecond);
          break;
        case "line":
          bar.line(progress.text);
          break;
        case "ready":
          break;
      }
    },
  });
  for (const { name, error, fix } of environment.problems)
    shell.err(`         ${name} is left out: ${error}\n         fix  ${fix}`);
  return environment;
};
