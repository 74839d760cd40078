import { openConfig, readTaskStatement, resolveConfig } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";

/** `aide config show`: the config with every default. */
export const showConfig = async (shell: Shell, _flags: object, ...args: readonly string[]): Promise<number> => {
  const host = runHost(shell);
  const { config } = await resolveConfig(await readConfigArguments(args, shell), host);
  await readTaskStatement(config, host);
  shell.out(JSON.stringify(config, null, 2));
  return 0;
};

/** `aide config check`: whether the config would run. */
export const checkConfig = async (shell: Shell, _flags: object, ...args: readonly string[]): Promise<number> => {
  const { warnings } = await openConfig(await readConfigArguments(args, shell), runHost(shell));
  for (const warning of warnings) shell.out(`note  ${warning}`);
  shell.out("The config is sound.");
  return 0;
};
