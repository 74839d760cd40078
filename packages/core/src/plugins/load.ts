import { stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { API, type AnyPlugin, type Kind } from "@aide-ts/plugin";
import { resolvePackage } from "./resolve-package.ts";
import { suggest } from "../config/suggest.ts";
import { candidatePackages, isPath, parseReference } from "./candidates.ts";
import { guarded } from "./guard/guarded.ts";
import {
  pluginAmbiguous,
  pluginApiUnsupported,
  pluginInvalid,
  pluginLoadFailed,
  pluginNotFound,
  pluginOfOtherKind,
  pluginSchemaMissing,
} from "../errors/plugins.ts";
import { folderOfSource, type AskedBy } from "./config-source.ts";

/** First-party short names: `kind:name` → how to import it. The command line brings the table, so that core imports no plugin. */
export type Builtins = ReadonlyMap<string, () => Promise<unknown>>;

/** Short names of one kind, in the table's order. */
export const builtinNames = (kind: Kind, builtins: Builtins): readonly string[] =>
  [...builtins.keys()].flatMap((key) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []));

export type PluginOf<K extends Kind> = Extract<AnyPlugin, { readonly kind: K }>;

/**
 * Finds and loads a plugin by its name in a config: builtin, path, package, or short for a package. Resolved first and imported second, so
 * that a missing plugin and one whose own import is missing are distinguished.
 * @throws AIDE_PLUGIN_NOT_FOUND, AIDE_PLUGIN_LOAD_FAILED, AIDE_PLUGIN_INVALID, AIDE_PLUGIN_KIND, AIDE_PLUGIN_API
 */
export const loadPlugin = async <K extends Kind>(
  kind: K,
  use: string,
  asked: AskedBy,
  builtins: Builtins,
): Promise<PluginOf<K>> => {
  const { module, name } = parseReference(use);
  const builtin = name === undefined ? builtins.get(`${kind}:${use}`) : undefined;
  if (builtin !== undefined)
    return pick(kind, use, use, await builtin().catch((cause: unknown) => fail(kind, use, use, cause)));
  const file = await locate(kind, use, module, asked, builtins);
  const loaded: unknown = await import(file).catch((cause: unknown) => fail(kind, use, fileURLToPath(file), cause));
  return pick(kind, name ?? use, packageOf(file) ?? module, loaded, name);
};

/** The name of the package that a file lies in, where it is an installed one. */
const packageOf = (url: string): string | undefined => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];

const fail = (kind: Kind, use: string, file: string, cause: unknown): never => {
  throw pluginLoadFailed(kind, use, file, cause);
};

const locate = async (kind: Kind, use: string, module: string, asked: AskedBy, builtins: Builtins): Promise<string> => {
  const from = pathToFileURL(`${folderOfSource(asked.source)}/`).href;
  const candidates = isPath(module) ? [module] : candidatePackages(kind, module);
  for (const candidate of candidates) {
    const found = await existing(candidate, from);
    if (found !== undefined) return found;
  }
  const other = [...builtins.keys()].find((key) => key.endsWith(`:${use}`))?.split(":")[0];
  if (other !== undefined) throw pluginOfOtherKind(use, [other], kind);
  const install = candidates.find((candidate) => candidate.startsWith("@aide-ts/")) ?? module;
  const meant = suggest(use, builtinNames(kind, builtins));
  throw pluginNotFound(kind, use, asked, { candidates, meant, install });
};

const existing = async (candidate: string, from: string): Promise<string | undefined> => {
  try {
    const url = isPath(candidate) ? new URL(candidate, from).href : resolvePackage(candidate, from);
    if (!url.startsWith("file:")) return undefined;
    return (await stat(fileURLToPath(url))).isFile() ? url : undefined;
  } catch {
    // Not there: the next candidate may be. What was tried is reported when none is.
    return undefined;
  }
};

const pick = <K extends Kind>(kind: K, use: string, module: string, loaded: unknown, name?: string): PluginOf<K> => {
  const exported = typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : undefined;
  const plugins = (Array.isArray(exported) ? exported : [exported]).filter(isPlugin);
  if (plugins.length === 0)
    throw pluginInvalid(module, typeof loaded === "object" && loaded !== null ? Object.keys(loaded) : []);
  const wanted = name ?? use;
  const ofKind = plugins.filter((plugin): plugin is PluginOf<K> => plugin.kind === kind);
  if (ofKind.length === 0) throw pluginOfOtherKind(use, [...new Set(plugins.map((plugin) => plugin.kind))], kind);
  // A package with one plugin of the kind may call it as it likes, if the config does not name it.
  const onlyOne = name === undefined && ofKind.length === 1 ? ofKind[0] : undefined;
  const found = ofKind.find((plugin) => plugin.name === wanted) ?? onlyOne;
  if (found === undefined)
    throw pluginAmbiguous(
      kind,
      wanted,
      module,
      ofKind.map((plugin) => plugin.name),
    );
  if (found.builtWith.major !== API.major) throw pluginApiUnsupported(module, found.builtWith.major, API.major);
  if (!describesItself(found.options)) throw pluginSchemaMissing(module);
  return guarded(found);
};

/** Standard Schema alone can check options, but not say which there are. */
const describesItself = (options: unknown): boolean => {
  const standard = typeof options === "object" && options !== null && "~standard" in options && options["~standard"];
  if (typeof standard !== "object" || standard === null || !("validate" in standard) || !("jsonSchema" in standard))
    return false;
  const { jsonSchema } = standard;
  return typeof jsonSchema === "object" && jsonSchema !== null && "input" in jsonSchema;
};

const isPlugin = (value: unknown): value is AnyPlugin =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  "name" in value &&
  "options" in value &&
  "create" in value &&
  typeof value.create === "function" &&
  "builtWith" in value;
