import { join } from "node:path";
import { commandLine, loadPlugin, type PluginOf } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { builtins } from "../builtins.ts";

const kinds = ["backend", "executor", "search", "strategy", "evaluator"] as const satisfies readonly Kind[];

/** `aide plugins [name]`: what a config can name, and a plugin's options. */
export const plugins = async ([name]: readonly string[], { cwd, out }: Shell): Promise<number> => {
  for (const kind of kinds) {
    for (const key of builtins.keys()) {
      const short = key.startsWith(`${kind}:`) ? key.slice(kind.length + 1) : undefined;
      if (short === undefined || (name !== undefined && name !== short)) continue;
      const plugin = await loadPlugin(kind, short, { file: join(cwd, commandLine), key: "plugins" }, builtins);
      out(`${kind.padEnd(10)} ${short}`);
      for (const line of optionLines(plugin)) out(`           ${line}`);
    }
  }
  return 0;
};

const optionLines = ({ options }: PluginOf<Kind>): readonly string[] => {
  const { properties } = options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties).map(([key, schema]: [string, unknown]) => {
    const facts = typeof schema === "object" && schema !== null ? schema : {};
    const standard = "default" in facts ? `=${JSON.stringify(facts.default)}` : "";
    return `${key}${standard}${"description" in facts ? `   ${String(facts.description)}` : ""}`;
  });
};
