import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";
import { explanationOf, renderChain } from "@aide-ts/run/report";
import { checkBudget, checkChain, findPlugins, resolveConfig, withoutTask } from "@aide-ts/run";

/**
 * `aide explain`: draws the chain of a config, with the calls and tokens of a step, without starting a model. A chain or
 * budget that `aide run` refuses is drawn and then refused. In JSON, `null` stands for a most without end.
 */
export const explain = async (
  shell: Shell,
  { json = false }: { readonly json: boolean | undefined },
  ...args: readonly string[]
): Promise<number> => {
  const host = runHost(shell);
  const raw = await readConfigArguments(args, shell);
  const { config, warnings } = await resolveConfig(raw, host, withoutTask);
  const plugins = await findPlugins(config, raw.source, host.builtins);
  const explained = explanationOf(config, plugins);
  if (json) shell.out(JSON.stringify(explained, null, 2));
  else {
    for (const warning of warnings) shell.err(`note     ${warning}`);
    shell.out(renderChain(explained));
  }
  checkChain(plugins.strategies);
  await checkBudget(plugins.strategies, config);
  return 0;
};
