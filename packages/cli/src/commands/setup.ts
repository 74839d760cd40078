import { catalogue } from "@aide-ts/backend-llamacpp";
import { ensureEnvironment } from "@aide-ts/executor-local";
import { findPlugins, readRawConfig, resolveConfig, withoutTask } from "@aide-ts/run";
import { cacheFolder } from "@aide-ts/run/host";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import type { Shell } from "../shell.ts";

/** `aide setup`: what the default config needs, the Python environment for scripts and the embedded model, so that a run can start at once. */
export const setup = async (shell: Shell): Promise<number> => {
  const host = runHost(shell);
  const raw = await readRawConfig("none", {}, host);
  const { config } = await resolveConfig(raw, host, withoutTask);
  await makeReady(await findPlugins(config, raw.source, host.builtins), shell);
  const { env, signal } = shell;
  const { python, packages } = await ensureEnvironment({ cacheFolder: cacheFolder(env), env, signal });
  shell.out(`python   ${python} with ${packages.map(({ name, version }) => `${name} ${version}`).join(", ")}`);
  shell.out(`model    ${catalogue[0]?.title} is here`);
  return 0;
};
