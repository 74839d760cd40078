import { builtinNames, installedPlugins, loadPlugin, publishedPlugins, suggest, type PluginOf } from "@aide-ts/core";
import { AideError, type Kind } from "@aide-ts/plugin";
import { alignedTable } from "@aide-ts/run/report";
import type { Shell } from "../shell.ts";
import { builtins, kinds, summaries } from "@aide-ts/builtins";
import { pluginUnknown } from "../errors.ts";

const widestKind = Math.max(...kinds.map((kind) => kind.length));

/**
 * `aide plugins`: what comes with aide and what the project here has installed; or the options of a plugin, named as in a config (one of those, a package or a path).
 * @throws AIDE_ARGUMENT where nothing is called so, and what loading plugins throws
 */
export const plugins = async ({ cwd, out }: Shell, _flags: object, name: string | undefined): Promise<number> => {
  if (name === undefined) {
    const found = await installedPlugins(cwd);
    const installed = found.map((one) => [one.kind ?? "", `${one.package} ${one.version}`, one.description]);
    for (const line of alignedTable(await summaries())) out(line);
    if (installed.length > 0) out(["\ninstalled here", ...alignedTable(installed, { least: [widestKind] })].join("\n"));
    out("\n`aide plugins <name>` lists the options of one, a package's or a file's (./mine.ts) too;");
    out("`aide plugins search <words>` finds more.");
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

/**
 * `aide plugins search`: packages of plugins that the registry of the user's npm knows.
 * @throws AIDE_REGISTRY_SEARCH
 */
export const searchPlugins = async (
  { cwd, env, out, signal }: Shell,
  _flags: object,
  ...words: readonly string[]
): Promise<number> => {
  const found = await publishedPlugins(words, { cwd, env, signal });
  if (found.length === 0) out("The registry knows no plugin like that. `npm create aide-plugin` begins one.");
  const here = new Set((await installedPlugins(cwd)).map((one) => one.package));
  const rows = found.map((one) => [
    `${one.package} ${one.version}`,
    here.has(one.package) ? "installed" : "",
    one.description,
  ]);
  for (const line of alignedTable(rows)) out(line);
  if (found.some((one) => !here.has(one.package))) out("\nnpm install <package>, and a config can name it.");
  return 0;
};

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
  const names = kinds.flatMap((kind) => builtinNames(kind, builtins));
  return pluginUnknown(name, suggest(name, names));
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
