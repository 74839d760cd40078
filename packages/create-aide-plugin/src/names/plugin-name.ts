import type { PluginKind } from "../kinds.ts";
import { nameInvalid, nameTaken } from "../errors.ts";
import { builtinNames, packagesBeside } from "./taken.ts";

export interface PluginName {
  /** What the plugin calls itself. */
  readonly plugin: string;
  /** What a config calls it: with the scope of its package, where that has one. */
  readonly config: string;
  /** The name of its npm package. */
  readonly package: string;
}

/** npm allows no longer name of a package. */
const longest = 214;

const scoped = /^@([^/]*)\/(.*)$/;

/**
 * What a new plugin of a kind is called everywhere, from its short name or that of its package.
 * @throws AIDE_PLUGIN_NAME for what can be no package, or what a config would find something else by
 */
export const pluginName = (kind: PluginKind, given: string): PluginName => {
  const name = wellFormedName(kind, given);
  checkFree(kind, name.config);
  return name;
};

/**
 * The same of a plugin that there is: aide may have got one of that name since.
 * @throws AIDE_PLUGIN_NAME for what can be no package
 */
export const wellFormedName = (kind: PluginKind, given: string): PluginName => {
  const [, scope, inScope] = scoped.exec(given) ?? [];
  const prefix = `aide-${kind.prefix}-`;
  const whole = inScope ?? given;
  const plugin = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  checkForm(given, scope, plugin);
  const at = scope === undefined ? "" : `@${scope}/`;
  const name = { plugin, config: `${at}${plugin}`, package: `${at}${prefix}${plugin}` };
  if (name.package.length > longest) throw nameInvalid(given, `npm allows ${longest} characters with what is added`);
  return name;
};

const checkForm = (given: string, scope: string | undefined, plugin: string): void => {
  if (plugin === "") throw nameInvalid(given, "it is empty");
  if (scope !== undefined && !/^[a-z0-9][a-z0-9._-]*$/.test(scope))
    throw nameInvalid(given, "its scope is none of npm");
  if (!/^[a-z]/.test(plugin)) throw nameInvalid(given, "it begins with no small letter");
  if (!/^[a-z0-9-]+$/.test(plugin)) throw nameInvalid(given, "it has other characters");
  if (/--|-$/.test(plugin)) throw nameInvalid(given, "it has a hyphen too many");
  if (plugin.startsWith("aide-")) throw nameInvalid(given, "what the package's name begins with is added to it");
};

const checkFree = ({ kind }: PluginKind, config: string): void => {
  if (builtinNames[kind].includes(config))
    throw nameTaken(config, `aide comes with ${article(kind)} ${kind} of that name`);
  if (packagesBeside.includes(config)) throw nameTaken(config, "a package of that name is installed beside it");
};

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? "an" : "a");
