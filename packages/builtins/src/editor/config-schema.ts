import { configJsonSchema, isLayer } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";
import { pluginSchema, type JsonSchema } from "./plugin-schema.ts";

const kinds = ["backend", "search", "strategy", "executor", "evaluator"] as const satisfies readonly Kind[];

const plugin = (kind: (typeof kinds)[number]): JsonSchema => ({ $ref: `#/$defs/${kind}` });

/** Where a config names plugins. */
const named: Readonly<Record<string, JsonSchema>> = {
  backend: plugin("backend"),
  backends: { type: "object", additionalProperties: plugin("backend") },
  search: plugin("search"),
  strategies: { type: "array", items: plugin("strategy") },
  executor: plugin("executor"),
  evaluators: { type: "array", items: plugin("evaluator") },
};

const ofFile = {
  $schema: { type: "string", description: "For editors." },
  extends: {
    description: "Config files whose keys these are put over, later ones over earlier ones.",
    anyOf: [
      { type: "string", minLength: 1 },
      { type: "array", items: { type: "string", minLength: 1 } },
    ],
  },
};

/** Definitions that `#/$defs/…` refers to: `config` is a run's config as a file holds it, in which no key has to be there. */
export const configDefinitions = async (): Promise<JsonSchema> => {
  const { $schema: _, required: __, properties, ...schema } = configJsonSchema();
  const own = Object.entries(isLayer(properties) ? properties : {}).map(([key, one]) => {
    const description = isLayer(one) ? one["description"] : undefined;
    return [key, key in named ? { ...(description === undefined ? {} : { description }), ...named[key] } : one];
  });
  const plugins = await Promise.all(kinds.map(async (kind) => [kind, await pluginSchema(kind)]));
  return {
    config: { ...schema, properties: { ...ofFile, ...Object.fromEntries(own) } },
    ...Object.fromEntries(plugins),
  };
};

/** The JSON Schema of a config file, for editors: with the options of all plugins that come with aide. */
export const configFileSchema = async (): Promise<JsonSchema> => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "aide config",
  $ref: "#/$defs/config",
  $defs: await configDefinitions(),
});
