import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson, writeJson } from "@aide-ts/executor-kit";
import { z } from "zod";

const checkedPackages = z.object({
  packages: z.array(z.object({ name: z.string(), version: z.string() })),
  problems: z.array(z.object({ name: z.string(), error: z.string(), fix: z.string() })),
});

const ready = z.object({ lock: z.string(), version: z.string(), ...checkedPackages.shape });

/** What `ready.json` holds: written last, so that a folder without it was never finished. */
export type Ready = z.output<typeof ready>;

/** A folder with installed packages that scripts run in. */
export interface PythonEnvironment {
  readonly folder: string;
  readonly python: string;
  readonly version: string;
  readonly packages: Ready["packages"];
  /** Packages that are installed and cannot be imported here. */
  readonly problems: Ready["problems"];
}

export const pythonIn = (folder: string): string => join(folder, "bin", "python");

/** @param lock hash that the environment must have been built from. */
export const readReady = async (folder: string, lock: string): Promise<PythonEnvironment | undefined> => {
  // Absent or half written: it is made anew.
  const read = await readJson(join(folder, "ready.json"), ready);
  if (read === undefined || read.lock !== lock || !existsSync(pythonIn(folder))) return undefined;
  const { version, packages, problems } = read;
  return { folder, python: pythonIn(folder), version, packages, problems };
};

export const writeReady = (folder: string, content: Ready): Promise<void> =>
  writeJson(join(folder, "ready.json"), content);

const chosen = z.record(z.string(), z.string());

/** Which environment a wish led to, so that no Python need be started to find out again. */
export const recall = async (root: string, wish: string | undefined): Promise<string | undefined> =>
  (await readJson(join(root, "chosen.json"), chosen))?.[wish ?? ""];

export const remember = async (root: string, wish: string | undefined, minor: string): Promise<void> => {
  const known = (await readJson(join(root, "chosen.json"), chosen)) ?? {};
  await writeJson(join(root, "chosen.json"), { ...known, [wish ?? ""]: minor });
};
