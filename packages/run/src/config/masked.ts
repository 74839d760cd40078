import { isLayer, type Layer } from "@aide-ts/core";
import { maskText } from "../host/secrets.ts";

export interface Unmasked {
  readonly values: Layer;
  /** Keys that stay masked, because nothing else holds them. */
  readonly masked: readonly string[];
}

/** Puts the values of today's config in place of those that a record holds masked. */
export const unmasked = (values: Layer, today: Layer): Unmasked => {
  const masked: string[] = [];
  const restored = (value: unknown, other: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (!value.includes(maskText)) return value;
      if (typeof other === "string") return other;
      masked.push(key);
      return value;
    }
    if (Array.isArray(value))
      return value.map((one: unknown, at) =>
        restored(one, Array.isArray(other) ? other[at] : undefined, `${key}.${at}`),
      );
    if (!isLayer(value)) return value;
    const known = isLayer(other) ? other : {};
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        restored(one, known[name], key === "" ? name : `${key}.${name}`),
      ]),
    );
  };
  const whole = restored(values, today, "");
  return { values: isLayer(whole) ? whole : {}, masked };
};
