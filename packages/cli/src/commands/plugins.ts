import { builtinNames, loadPlugin, suggest, type PluginOf } from "@aide-ts/core";
import { AideError, type Kind } from "@aide-ts/plugin";
import { alignedTable } from "@aide-ts/run/report";
import type { Shell } from "../shell.ts";
import { builtins } from "@aide-ts/builtins";
import { pluginUnknown } from "../errors.ts";

const kinds = ["backend", "executor", "search", "strategy", "evaluator"] as const satisfies readonly Kind[];

const widestKind = Math.max(...kinds.map((kind) => kind.length));

/**
 * `aide plugins`: the names that come with aide; or the options of a plugin, named as in a config (one of those, a package or a path).
 * @throws AIDE_ARGUMENT where nothing is called so, and what loading plugins throws
 */
export const plugins = async ({ cwd, out }: Shell, _flags: object, name: string | undefined): Promise<number> => {
  if (name === undefined) {
    for (const line of alignedTable(kinds.flatMap((kind) => namesOf(kind).map((short) => [kind, short])))) out(line);
    out("\n`aide plugins <name>` lists the options of one, a package's or a file's (./mine.ts) too.");
    return 0;
  }
  const found = await Promise.all(kinds.map((kind) => called(kind, name, cwd)));
  if (found.every((plugin) => plugin === undefined)) throw unknown(name);
  for (const plugin of found) {
    if (plugin === undefined) continue;
    const rows = [[plugin.kind, plugin.name], ...optionLines(plugin).map((line) => ["", line])];
    for (const line of alignedTable(rows, { least: [widestKind] })) out(line);
  }
  return 0;
};

const namesOf = (kind: Kind): readonly string[] => builtinNames(kind, builtins);

const otherwise = new Set(["AIDE_PLUGIN_NOT_FOUND", "AIDE_PLUGIN_KIND"]);

const called = async (kind: Kind, name: string, cwd: string): Promise<PluginOf<Kind> | undefined> => {
  try {
    return await loadPlugin(kind, name, { source: { kind: "command line", folder: cwd }, key: "plugins" }, builtins);
  } catch (error) {
    if (AideError.is(error) && otherwise.has(error.code)) return undefined;
    throw error;
  }
};

const unknown = (name: string): AideError => {
  const meant = suggest(name, kinds.flatMap(namesOf));
  return pluginUnknown(name, meant);
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
