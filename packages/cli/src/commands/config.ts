import { configJsonSchema } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { checkBudget } from "../run/check-budget.ts";
import { loadPlugins } from "../run/compose.ts";
import { readConfig } from "../run/read-config.ts";

/** `aide config show | check | schema`: the config with every default, whether it would run, or its JSON Schema. */
export const config = async ([action = "show", ...args]: readonly string[], shell: Shell): Promise<number> => {
  const { out } = shell;
  switch (action) {
    case "schema":
      out(JSON.stringify(configJsonSchema(), null, 2));
      return 0;
    case "show":
      out(JSON.stringify((await readConfig(args, shell)).config, null, 2));
      return 0;
    case "check": {
      const read = await readConfig(args, shell);
      for (const warning of read.warnings) out(`note  ${warning}`);
      const { strategies } = await loadPlugins(read.config, read.source);
      await checkBudget(strategies, read.config);
      out("The config is sound.");
      return 0;
    }
    default:
      throw new AideError({
        code: "AIDE_COMMAND_UNKNOWN",
        message: `There is no "aide config ${action}".`,
        fix: "aide config show | check | schema",
        fault: "user",
      });
  }
};
