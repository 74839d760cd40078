import type { Issue, Kind, OptionsSchema } from "@aide-ts/plugin";
import { suggest } from "../config/suggest.ts";
import { pluginOptionsInvalid } from "../errors/plugins.ts";
import type { AskedBy } from "./config-source.ts";

/**
 * Has the plugin's own schema check its options.
 * @throws AIDE_PLUGIN_OPTIONS with every problem and, for a misspelt key, what was likely meant.
 */
export const checkOptions = async <O>(
  { kind, name, options }: { readonly kind: Kind; readonly name: string; readonly options: OptionsSchema<O> },
  given: unknown,
  asked: AskedBy,
): Promise<O> => {
  const checked = await options["~standard"].validate(given);
  if (checked.issues === undefined) return checked.value;
  const known = optionNames(options);
  throw pluginOptionsInvalid(
    kind,
    name,
    asked,
    checked.issues.map((issue) => problem(issue, known)),
  );
};

/** The options that a plugin's JSON Schema lists. */
const optionNames = (options: OptionsSchema<unknown>): readonly string[] => {
  const { properties } = options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
};

const problem = (issue: Issue, known: readonly string[]): string => {
  const where = (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join(".");
  const unknown = /Unrecognized keys?: (.+)/.exec(issue.message)?.[1];
  if (unknown === undefined) return where === "" ? issue.message : `${where}: ${issue.message}`;
  const hints = [...unknown.matchAll(/"([^"]+)"/g)].map(([, key = ""]) => {
    const meant = suggest(key, known);
    return `unknown option "${key}"${meant === undefined ? "" : ` (did you mean "${meant}"?)`}`;
  });
  return hints.join(", ");
};
