import { readFile, stat, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AideError } from "@aide-ts/plugin";
import { catalogue, catalogueEntry, type CatalogueEntry } from "./catalogue.ts";

export const modelsFolder = (cacheFolder: string): string => join(cacheFolder, "models");

/** Where a model of the catalogue lies, or will. */
export const modelPath = (name: string, cacheFolder: string): string => join(modelsFolder(cacheFolder), catalogueEntry(name).file);

const markOf = (file: string): string => `${file}.verified`;

/** Whether the file is the one whose checksum was verified: size and time of change are as they were then. */
export const isVerified = async (entry: CatalogueEntry, cacheFolder: string): Promise<boolean> => {
  const file = modelPath(entry.name, cacheFolder);
  try {
    const [{ size, mtimeMs }, mark] = await Promise.all([stat(file), readFile(markOf(file), "utf8")]);
    return mark === `${entry.sha256} ${size} ${mtimeMs}`;
  } catch {
    // No file or no mark: not verified.
    return false;
  }
};

export const markVerified = async (entry: CatalogueEntry, cacheFolder: string): Promise<void> => {
  const file = modelPath(entry.name, cacheFolder);
  const { size, mtimeMs } = await stat(file);
  await writeFile(markOf(file), `${entry.sha256} ${size} ${mtimeMs}`);
};

export interface ListedModel extends CatalogueEntry {
  readonly installed: boolean;
}

export const listModels = async (cacheFolder: string): Promise<readonly ListedModel[]> =>
  Promise.all(catalogue.map(async (entry) => ({ ...entry, installed: await isVerified(entry, cacheFolder) })));

/**
 * The file that a model's name or path means.
 * @throws AIDE_MODEL_MISSING, AIDE_MODEL_UNKNOWN
 */
export const resolveModel = (nameOrPath: string, cacheFolder: string, cwd: string): string => {
  const isPath = nameOrPath.endsWith(".gguf");
  const file = isPath ? resolve(cwd, nameOrPath) : modelPath(nameOrPath, cacheFolder);
  if (existsSync(isPath ? file : markOf(file)) && existsSync(file)) return file;
  throw new AideError({
    code: "AIDE_MODEL_MISSING",
    message: isPath ? `There is no model file ${nameOrPath}.` : `The model "${nameOrPath}" is not on this machine.`,
    fix: isPath ? "Check the path under backend.model." : `aide models pull ${nameOrPath}`,
    fault: "user",
    facts: { file },
  });
};
