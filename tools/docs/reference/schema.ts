import { isLayer, type Layer } from "@aide-ts/core";
import { tableCell } from "../table-cell.ts";

/** One key that a JSON Schema describes. */
export interface Key {
  /** As `budget.steps`. */
  readonly name: string;
  readonly type: string;
  readonly fallback: unknown;
  readonly text: string | undefined;
  /** Keys below it are listed by themselves. */
  readonly isGroup: boolean;
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const limits = (schema: Layer): string => {
  const [low, high] = [schema["minimum"], schema["maximum"]];
  const isGiven = (limit: unknown): boolean => typeof limit === "number" && Math.abs(limit) < 2 ** 52;
  if (isGiven(low) && isGiven(high)) return ` from ${low} to ${high}`;
  if (isGiven(low)) return ` from ${low}`;
  return isGiven(high) ? ` to ${high}` : "";
};

const isCount = ({ pattern }: Layer): boolean => textOf(pattern)?.startsWith(String.raw`^\d[\d_]*`) === true;
const isDuration = ({ pattern }: Layer): boolean => textOf(pattern)?.includes("[smhd]") === true;
const isUse = (schema: Layer): boolean => isLayer(schema["properties"]) && "use" in schema["properties"];

/** What a value may be, in words. */
const typeOf = (schema: Layer): string => {
  if ("const" in schema) return `\`${JSON.stringify(schema["const"])}\``.replaceAll('"', "");
  const members = listOf(schema["enum"]);
  if (members.length > 0) return members.map((one) => `\`${String(one)}\``).join(", ");
  const union = [...listOf(schema["anyOf"]), ...listOf(schema["oneOf"])].filter(isLayer);
  if (union.some(isCount)) return union.some((one) => one["type"] === "object") ? "count, or keys" : "count";
  if (union.some(isDuration)) return "time";
  if (union.some(isUse)) return "plugin";
  if (union.length > 0) return [...new Set(union.map(typeOf))].join(" or ");
  const items = schema["items"];
  if (schema["type"] === "array") return `list of ${isLayer(items) ? plural(typeOf(items)) : "anything"}`;
  switch (schema["type"]) {
    case "string":
      return "text";
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return `whole number${limits(schema)}`;
    case "number":
      return `number${limits(schema)}`;
    case "object":
      return "keys";
    case "null":
      return "`null`";
    default:
      return "anything";
  }
};

const plural = (type: string): string => (/^(text|plugin|count|whole number)$/.test(type) ? `${type}s` : type);

/** The keys of a schema, those of groups after their group. `fallbacks` are the values without any. */
export const keysIn = (schema: Layer, fallbacks: unknown, above = ""): readonly Key[] => {
  const properties = isLayer(schema["properties"]) ? schema["properties"] : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isLayer(property)) return [];
    const fallback = isLayer(fallbacks) ? fallbacks[name] : property["default"];
    const isGroup = property["type"] === "object" && isLayer(property["properties"]);
    const key = {
      name: `${above}${name}`,
      type: typeOf(property),
      fallback,
      text: textOf(property["description"]),
      isGroup,
    };
    return isGroup ? [key, ...keysIn(property, fallback, `${key.name}.`)] : [key];
  });
};

const shown = (fallback: unknown): string => {
  if (fallback === undefined || (isLayer(fallback) && Object.keys(fallback).length === 0)) return "–";
  if (typeof fallback === "string") return `\`${fallback.length > 40 ? `${fallback.slice(0, 40)}…` : fallback}\``;
  if (isLayer(fallback) && typeof fallback["use"] === "string") return `\`${fallback["use"]}\``;
  if (Array.isArray(fallback))
    return `\`[${fallback.map((one: unknown) => (isLayer(one) && "use" in one ? one["use"] : String(one))).join(", ")}]\``;
  return `\`${JSON.stringify(fallback)}\``;
};

/** A table of keys. */
export const keyTable = (keys: readonly Key[]): string =>
  [
    "| Key | What it does | What it may be | Default |",
    "| --- | --- | --- | --- |",
    ...keys.map(
      ({ name, type, fallback, text = "" }) =>
        `| \`${name}\` | ${tableCell(text)} | ${tableCell(type)} | ${tableCell(shown(fallback))} |`,
    ),
    "",
  ].join("\n");
