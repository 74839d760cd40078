import { configJsonSchema } from "@aide-ts/core";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";
import { openConfig, readTaskStatement, resolveConfig } from "@aide-ts/run";
import { configActionUnknown } from "../errors.ts";

/** `aide config show | check | schema`: the config with every default, whether it would run, or its JSON Schema. */
export const config = async ([action = "show", ...args]: readonly string[], shell: Shell): Promise<number> => {
  const { out } = shell;
  switch (action) {
    case "schema":
      out(JSON.stringify(configJsonSchema(), null, 2));
      return 0;
    case "show": {
      const host = runHost(shell);
      const { config: resolved } = await resolveConfig(await readConfigArguments(args, shell), host);
      await readTaskStatement(resolved, host);
      out(JSON.stringify(resolved, null, 2));
      return 0;
    }
    case "check": {
      const { warnings } = await openConfig(await readConfigArguments(args, shell), runHost(shell));
      for (const warning of warnings) out(`note  ${warning}`);
      out("The config is sound.");
      return 0;
    }
    default:
      throw configActionUnknown(action);
  }
};
