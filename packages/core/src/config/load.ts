import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { cosmiconfig, type CosmiconfigResult } from "cosmiconfig";
import { isLayer, merge, type Layer } from "./overrides.ts";
import { isMetricFile } from "./schema.ts";
import { configCircular, configNotFound, configUnreadable, configNotAnObject } from "../errors/config.ts";

export interface LoadedConfig {
  readonly layer: Layer;
  /** The file that was asked for or found; plugins and relative paths are resolved from its folder. */
  readonly file: string | undefined;
}

const explorer = () =>
  cosmiconfig("aide", {
    searchStrategy: "project",
    searchPlaces: [
      "aide.config.yaml",
      "aide.config.yml",
      "aide.config.json",
      "aide.config.js",
      "aide.config.mjs",
      "aide.config.ts",
    ],
  });

/** Paths in a config file are meant from its folder; on the command line, from the working folder. */
const pathKeys = ["data_dir", "desc_file", "log_dir", "workspace_dir"];

/**
 * Loads a config file with what it extends, or looks for `aide.config.*` from `from` upwards.
 * @throws AIDE_CONFIG_NOT_FOUND, AIDE_CONFIG_UNREADABLE
 */
export const loadConfig = async (file: string | undefined, from: string): Promise<LoadedConfig> => {
  if (file === undefined) {
    const found = await explorer().search(from).catch(unreadable(from));
    return found === null || found.isEmpty === true ? { layer: {}, file: undefined } : extended(found, []);
  }
  return extended(await read(resolve(from, file)), []);
};

const read = async (file: string, askedBy?: string): Promise<CosmiconfigResult> => {
  const exists = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!exists) throw configNotFound(file, askedBy);
  return explorer().load(file).catch(unreadable(file));
};

const extended = async (result: CosmiconfigResult, seen: readonly string[]): Promise<LoadedConfig> => {
  if (result === null) return { layer: {}, file: undefined };
  const { filepath } = result;
  if (seen.includes(filepath)) throw configCircular([...seen, filepath]);
  const loaded: unknown = result.config ?? {};
  if (!isLayer(loaded)) throw configNotAnObject(filepath);
  return { layer: await withBases(loaded, dirname(filepath), [...seen, filepath]), file: filepath };
};

/** Keys over those of the files that they extend. */
const withBases = async (
  { extends: bases, $schema: _, ...own }: Layer,
  folder: string,
  seen: readonly string[],
): Promise<Layer> => {
  let layer: Layer = {};
  for (const base of typeof bases === "string" ? [bases] : Array.isArray(bases) ? bases.map(String) : [])
    layer = merge(layer, (await extended(await read(resolve(folder, base), seen.at(-1)), seen)).layer);
  return merge(layer, resolvePaths(own, folder));
};

/**
 * A part of a config that stands in another file: keys, which may extend files, or a file of them. Paths are meant from that other file.
 * @throws AIDE_CONFIG_NOT_FOUND, AIDE_CONFIG_UNREADABLE, AIDE_CONFIG_CIRCULAR
 */
export const loadLayer = async (given: string | Layer, from: string): Promise<Layer> => {
  if (typeof given !== "string") return withBases(given, dirname(from), [from]);
  return (await extended(await read(resolve(dirname(from), given), from), [from])).layer;
};

/**
 * What a YAML, JSON, JS or TS file holds, unchecked, without the schema that it names for editors.
 * @throws AIDE_CONFIG_NOT_FOUND, AIDE_CONFIG_UNREADABLE
 */
export const readConfigFile = async (file: string): Promise<unknown> => {
  const content: unknown = (await read(file))?.config ?? {};
  if (!isLayer(content)) return content;
  const { $schema: _, ...layer } = content;
  return layer;
};

const resolvePaths = (layer: Layer, folder: string): Layer => {
  const paths = pathKeys.flatMap((key) => {
    const value = layer[key];
    return typeof value === "string" && !value.startsWith("example_tasks/") ? [[key, resolve(folder, value)]] : [];
  });
  const { metric } = layer;
  if (typeof metric === "string" && isMetricFile(metric)) paths.push(["metric", resolve(folder, metric)]);
  return withPromptPaths({ ...layer, ...Object.fromEntries(paths) }, folder);
};

/** The files of prompts, meant from a folder. */
export const withPromptPaths = (layer: Layer, folder: string): Layer => {
  const { prompts } = layer;
  if (!isLayer(prompts)) return layer;
  const files = Object.entries(prompts).map(([name, file]) => [
    name,
    typeof file === "string" ? resolve(folder, file) : file,
  ]);
  return { ...layer, prompts: Object.fromEntries(files) };
};

const unreadable =
  (file: string) =>
  (cause: unknown): never => {
    throw configUnreadable(file, cause);
  };
