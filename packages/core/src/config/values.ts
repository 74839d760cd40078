import { z } from "zod";

/** `200_000`, which YAML reads as text, or a number. */
export const count = z
  .union([z.number(), z.string().regex(/^\d[\d_]*$/, "expected a whole number, as 200000 or 200_000")])
  .transform((value) => (typeof value === "number" ? value : Number(value.replaceAll("_", ""))))
  .pipe(z.number().int().nonnegative());

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds, or `90s`, `30m`, `1.5h`, `2d`. */
export const duration = z
  .union([z.number().positive(), z.string().regex(/^\d+(\.\d+)?\s*[smhd]?$/, "expected a time, as 90s, 30m or 1.5h")])
  .transform((value) => {
    if (typeof value === "number") return value;
    const unit = value.at(-1);
    return (
      Number.parseFloat(value) * (unit === "s" || unit === "m" || unit === "h" || unit === "d" ? unitSeconds[unit] : 1)
    );
  });

export interface Use {
  readonly use: string;
  readonly options: Readonly<Record<string, unknown>>;
}

type Written<Name> = string | { readonly use: Name; readonly [key: string]: unknown };

const named = <Name extends string | undefined>(
  value: Written<Name>,
): { readonly use: Name | string; readonly options: Use["options"] } => {
  if (typeof value === "string") return { use: value, options: {} };
  const { use: name, ...options } = value;
  return { use: name, options };
};

/** A plugin by name, or with its options: `greedy`, `{ use: greedy, drafts: 5 }`. */
export const use = z.union([z.string().min(1), z.looseObject({ use: z.string().min(1) })]).transform(named);

const usedOr = (name: string) =>
  z.union([z.string().min(1), z.looseObject({ use: z.string().min(1).default(name) })]).transform(named);

/** A plugin whose name may be left out where options alone are given. */
export const useOr = (name: string) => usedOr(name).prefault(name);

/** A plugin, or options alone of one that another key names. */
export const useOrOptions = z
  .union([z.string().min(1), z.looseObject({ use: z.string().min(1).optional() })])
  .transform((value) => (typeof value === "string" ? named(value) : named({ use: undefined, ...value })));
