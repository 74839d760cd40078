/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A key of a config that takes a value. */
export interface ConfigKey {
  /** With those above it, as `budget.tokens.total`. */
  readonly key: string;
  /** What may be given, where that is one of a few. */
  readonly values: readonly string[];
  readonly description: string;
}

/** All keys that a schema knows, those of plugins' options too. */
export const configKeys = (schema: JsonSchema): readonly ConfigKey[] => {
  const { keys } = factsOf(schema, { root: schema, key: "", seen: [] });
  return keys.filter(({ key }, at) => keys.findIndex((one) => one.key === key) === at);
};

/**
 * What a word `key=value` that has been begun may become: a key with `=` after it, a group of keys with a dot, or a key with one of its values.
 * @param partial what stands there so far
 */
export const configWords = (keys: readonly ConfigKey[], partial: string): readonly string[] => {
  const [name = "", value] = partial.split("=", 2);
  if (value !== undefined) {
    const values = keys.find(({ key }) => key === name)?.values ?? [];
    return values.map((one) => `${name}=${one}`).filter((word) => word.startsWith(partial));
  }
  const level = partial.split(".").length;
  const words = keys
    .filter(({ key }) => key.startsWith(partial))
    .map(({ key }) => {
      const parts = key.split(".");
      return parts.length > level ? `${parts.slice(0, level).join(".")}.` : `${key}=`;
    });
  return [...new Set(words)];
};

interface Facts {
  readonly description: string;
  /** Words that it may be. */
  readonly values: readonly string[];
  /** Whether it may be anything but an object. */
  readonly plain: boolean;
  readonly keys: readonly ConfigKey[];
}

/** Where in a schema something stands; `seen` are the references that led there, as some schemas contain themselves. */
interface Place {
  readonly root: JsonSchema;
  readonly key: string;
  readonly seen: readonly string[];
}

const factsOf = (schema: JsonSchema, place: Place): Facts => {
  const { root, key, seen } = place;
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const resolved = seen.includes(reference) ? {} : resolve(reference, root);
    return { ...factsOf(resolved, { ...place, seen: [...seen, reference] }), ...described(schema) };
  }
  const parts = [...["anyOf", "oneOf", "allOf"].flatMap((keyword) => list(schema[keyword])), schema["then"]];
  const alternatives = parts.filter(isSchema).map((part) => factsOf(part, place));
  const own = Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {}).flatMap(([name, one]) =>
    isSchema(one) && !name.startsWith("$") ? keysAt(one, { ...place, key: key === "" ? name : `${key}.${name}` }) : [],
  );
  const { type } = schema;
  const words = [...list(schema["enum"]), ...list(schema["examples"]), schema["const"]];
  const values = [
    ...words.flatMap((value) => (typeof value === "string" || typeof value === "number" ? [String(value)] : [])),
    ...(type === "boolean" ? ["true", "false"] : []),
    ...alternatives.flatMap((one) => one.values),
  ];
  return {
    description: "",
    ...described(schema),
    values: [...new Set(values)],
    plain: values.length > 0 || (type !== undefined && type !== "object") || alternatives.some(({ plain }) => plain),
    keys: [...own, ...alternatives.flatMap(({ keys }) => keys)],
  };
};

const keysAt = (schema: JsonSchema, place: Place): readonly ConfigKey[] => {
  const { values, description, plain, keys } = factsOf(schema, place);
  return plain || keys.length === 0 ? [{ key: place.key, values, description }, ...keys] : keys;
};

const described = ({ description }: JsonSchema) => (typeof description === "string" ? { description } : {});

const resolve = (reference: string, root: JsonSchema): JsonSchema => {
  let at: unknown = root;
  for (const part of reference.replace(/^#\//, "").split("/")) at = child(at, part);
  return isSchema(at) ? at : {};
};

const child = (at: unknown, part: string): unknown =>
  Array.isArray(at) ? at[Number(part)] : isSchema(at) ? at[part] : undefined;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
