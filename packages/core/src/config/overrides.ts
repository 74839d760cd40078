import { defaultLoaders } from "cosmiconfig";
import { argumentInvalid } from "../errors/config.ts";

export type Layer = { readonly [key: string]: unknown };

/** Keys whose value is a text, no matter what it looks like. */
const texts = new Set([
  "data_dir",
  "goal",
  "eval",
  "desc_file",
  "desc_str",
  "exp_name",
  "log_dir",
  "workspace_dir",
  "positive",
  "roles.test",
  "roles.sample",
  "roles.labels",
]);
/** A text, or a JSON list of texts. */
const lists = new Set(["target", "id", "roles.train"]);

/**
 * Reads `key=value` arguments: dots go into objects, values are numbers, booleans, `null`, lists and objects as in JSON or YAML, or text.
 * @throws AIDE_ARGUMENT for one without `=`.
 */
export const parseOverrides = (args: readonly string[]): Layer =>
  args.reduce<Layer>((layer, argument) => {
    const at = argument.indexOf("=");
    if (at <= 0) throw argumentInvalid(argument);
    const key = argument.slice(0, at);
    return merge(layer, nest(key.split("."), parseValue(key, argument.slice(at + 1))));
  }, {});

/** Values by dotted keys, as `"search.drafts": 3`, as a config has them. */
export const layerOf = (values: Readonly<Record<string, unknown>>): Layer =>
  Object.entries(values).reduce<Layer>((layer, [key, value]) => merge(layer, nest(key.split("."), value)), {});

const parseValue = (key: string, value: string): unknown => {
  if (texts.has(key) || (lists.has(key) && !value.startsWith("["))) return value;
  if (/^-?\d[\d_]*(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return Number(value.replaceAll("_", ""));
  if (value === "true" || value === "True") return true;
  if (value === "false" || value === "False") return false;
  if (value === "null" || value === "None") return null;
  return /^[[{"]/.test(value) ? parseCollection(value) : value;
};

/** A list or an object, as JSON or, since shells take quotes away, as YAML has them on one line; text where it is neither. */
const parseCollection = (value: string): unknown => {
  for (const read of [JSON.parse, (text: string): unknown => defaultLoaders[".yaml"]("an argument", text)]) {
    try {
      return read(value);
    } catch {
      // The next reader may know it.
    }
  }
  return value;
};

const nest = (path: readonly string[], value: unknown): Layer => {
  const [first = "", ...rest] = path;
  return { [first]: rest.length === 0 ? value : nest(rest, value) };
};

/** Later wins; objects merge key by key, anything else, lists too, is replaced. A plugin that is named again drops the old one's options. */
export const merge = (base: Layer, over: Layer): Layer => {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    merged[key] = isLayer(before) && isLayer(value) && !namesAnother(before, value) ? merge(before, value) : value;
  }
  return merged;
};

const namesAnother = (before: Layer, value: Layer): boolean =>
  "use" in before && "use" in value && value["use"] !== before["use"];

export const isLayer = (value: unknown): value is Layer =>
  typeof value === "object" && value !== null && !Array.isArray(value);
