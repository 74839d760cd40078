import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { packageJsonOf } from "./resolve-package.ts";

/** What a package of plugins says of itself, without being loaded. */
export interface InstalledPlugins {
  readonly package: string;
  readonly version: string;
  /** Of its plugin, where it names one. */
  readonly kind: string | undefined;
  readonly description: string;
}

const dependencies = z.record(z.string(), z.unknown()).default({});
const project = z.looseObject({ dependencies, devDependencies: dependencies, optionalDependencies: dependencies });

const manifest = z.looseObject({
  name: z.string(),
  version: z.string().default(""),
  description: z.string().default(""),
  keywords: z.array(z.string()).default([]),
  aide: z.looseObject({ kind: z.string().optional() }).optional(),
});

/** Packages with the keyword `aide-plugin` among the dependencies of the project in a folder, in the order of their names. */
export const installedPlugins = async (folder: string): Promise<readonly InstalledPlugins[]> => {
  const file = join(folder, "package.json");
  const named = project.safeParse(await json(file)).data;
  if (named === undefined) return [];
  const names = Object.keys({ ...named.optionalDependencies, ...named.devDependencies, ...named.dependencies });
  const found = await Promise.all(names.toSorted().map((name) => manifestOf(name, file)));
  return found.flatMap((one) =>
    one?.keywords.includes("aide-plugin") === true
      ? [{ package: one.name, version: one.version, kind: one.aide?.kind, description: one.description }]
      : [],
  );
};

const manifestOf = async (name: string, from: string): Promise<z.output<typeof manifest> | undefined> => {
  try {
    const file = packageJsonOf(name, from);
    return file === undefined ? undefined : manifest.safeParse(await json(file)).data;
  } catch {
    // Named, but not installed.
    return undefined;
  }
};

const json = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
};
