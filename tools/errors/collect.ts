import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AideError } from "@aide-ts/plugin";
import { folded } from "./folded.ts";
import type { KnownError } from "./known-error.ts";
import { something } from "./something.ts";

type Constructor = (...values: readonly unknown[]) => unknown;

const isConstructor = (value: unknown): value is Constructor => typeof value === "function";

/** Besides something, what constructors tell apart: nothing, no items, a few of them. */
const others = [undefined, [], false] as const;

const made = (create: Constructor, values: readonly unknown[]): AideError | undefined => {
  try {
    const error = create(...values);
    return AideError.is(error) ? error : undefined;
  } catch {
    // It takes no such value.
    return undefined;
  }
};

/** What a value leaves in a text that was not made for it. */
const oddities = /\b(undefined|NaN|false)\b|\s[.;,]|""|^\s*$/g;

const oddness = ({ message, fix }: AideError): number =>
  [message, fix].flatMap((text) => String(text).match(oddities) ?? []).length;

/** Two wordings are one where they differ in what is filled in alone. */
const wordingOf = ({ message, fix }: AideError): string => `${message}\n${fix}`.replaceAll(/…|\[\]|\b0\b|[" ]/g, "");

/** The errors that a constructor makes, of something in each place and of other values one at a time. */
const errorsOf = (create: Constructor, name: string): readonly AideError[] => {
  const whole = Array.from({ length: create.length }, () => something);
  const usual = made(create, whole);
  if (usual === undefined) throw new Error(`${name} makes no AideError.`);
  const variants = whole.flatMap((_, at) => others.map((other) => made(create, whole.with(at, other))));
  const wordings = new Map([[wordingOf(usual), usual]]);
  for (const one of variants)
    if (one !== undefined && oddness(one) <= oddness(usual) && !wordings.has(wordingOf(one)))
      wordings.set(wordingOf(one), one);
  return [...wordings.values()];
};

/** Where a package keeps the constructors of its errors. */
export const errorFiles = (root: string): readonly string[] =>
  globSync(["packages/*/src/errors.ts", "packages/*/src/errors/*.ts"], { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !/^packages\/(plugin|testing)\//.test(path))
    .sort();

/**
 * Every error that the packages below the root can make, by code and package: what the constructors in their `errors.ts` make of placeholders.
 * @throws Error for an export there that makes no error
 */
export const collectErrors = async (root: string): Promise<readonly KnownError[]> => {
  const errors: KnownError[] = [];
  for (const path of errorFiles(root)) {
    const exported: unknown = await import(pathToFileURL(join(root, path)).href);
    // A namespace is in the order of its names, but not everywhere.
    for (const [name, create] of Object.entries(Object(exported)).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (!isConstructor(create)) throw new Error(`${path}: ${name} is no function.`);
      for (const { code, fault, message, fix } of errorsOf(create, `${path}: ${name}`))
        errors.push({
          code,
          fault,
          package: path.split("/")[1] ?? "",
          messages: [String(message)],
          fixes: [String(fix)],
        });
    }
  }
  return folded(
    errors.toSorted((a, b) => a.code.localeCompare(b.code, "en") || a.package.localeCompare(b.package, "en")),
  );
};
