import { builtinNames } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";
import { builtins, loadBuiltin } from "../plugins.ts";

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * How a config names a plugin of a kind: one that comes with aide, by its name or with its options, which are checked; or any other, whose options nobody
 * here knows. Where the kind has a default, options may come without a name. Meant to be found as `#/$defs/<kind>`.
 */
export const pluginSchema = async (kind: Kind): Promise<JsonSchema> => {
  const names = builtinNames(kind, builtins);
  const known = await Promise.all(names.map((name) => knownPlugin(kind, name)));
  return {
    anyOf: [
      { oneOf: known.map(({ name, summary }) => ({ const: name, description: summary })) },
      { type: "string", minLength: 1, description: "A package or a path." },
      {
        type: "object",
        properties: { use: { examples: names } },
        allOf: known.map(({ name, schema }, at) => ({
          if: { properties: { use: { const: name } }, required: ["use"] },
          // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
          then: within(`#/$defs/${kind}/anyOf/2/allOf/${at}/then`, schema),
        })),
      },
    ],
  };
};

const knownPlugin = async (kind: Kind, name: string) => {
  const { summary = "", options } = await loadBuiltin(kind, name);
  const { $schema: _, ...schema } = options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  const properties = typeof schema["properties"] === "object" ? schema["properties"] : {};
  return { name, summary, schema: { ...schema, properties: { use: { const: name }, ...properties } } };
};

/** A schema of its own as a part of another: what it refers to in itself is found by the place where it stands. */
const within = (place: string, schema: JsonSchema): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${place}/`));
