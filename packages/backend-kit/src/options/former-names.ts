import { z } from "zod";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Options that are also read by the names that they had before, former name → name: configs and records of older runs have those. A former name beside the
 * present one stays what it is, an unknown option.
 */
export const withFormerNames = <S extends z.ZodType>(names: Readonly<Record<string, string>>, options: S) =>
  z.preprocess(
    (given) =>
      isObject(given)
        ? Object.fromEntries(
            Object.entries(given).map(([key, value]) => {
              const name = Object.hasOwn(names, key) ? names[key] : undefined;
              return [name === undefined || name in given ? key : name, value];
            }),
          )
        : given,
    options,
  );
