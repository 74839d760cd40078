import { isAbsolute, resolve } from "node:path";
import type { AideError } from "@aide-ts/plugin";
import { catalogue, findModel, type CatalogueModel } from "./catalogue.ts";
import { filesOf, sizeOf } from "./folder.ts";
import { nearMiss } from "@aide-ts/backend-kit";
import { isVerified, markVerified, sha256Of } from "./verification.ts";
import { modelCorrupt, modelFileMissing, modelMissing, modelUnknown } from "../errors.ts";

export interface ModelState {
  readonly model: CatalogueModel;
  readonly path: string;
  /** `unverified`: a file is there, but nobody checked it since it last changed. */
  readonly state: "ready" | "unverified" | "partial" | "absent";
  /** Bytes on the disk. */
  readonly have: number;
}

export const unknownModel = (name: string, known: readonly CatalogueModel[]): AideError => {
  const names = known.map((model) => model.name);
  const meant = nearMiss(name, names);
  return modelUnknown(name, meant, names);
};

/** Every model of the catalogue, and how much of it is here. */
export const listModels = (cacheFolder: string): Promise<readonly ModelState[]> =>
  Promise.all(
    catalogue.map(async (model): Promise<ModelState> => {
      const files = filesOf(model, cacheFolder);
      const size = await sizeOf(files.file);
      if (size !== undefined)
        return {
          model,
          path: files.file,
          state: (await isVerified(model, files)) ? "ready" : "unverified",
          have: size,
        };
      const have = await sizeOf(files.partial);
      return { model, path: files.file, state: have === undefined ? "absent" : "partial", have: have ?? 0 };
    }),
  );

/** Where a model of the catalogue lies once it is pulled. Throws `AIDE_MODEL_UNKNOWN`. */
export const modelPath = (name: string, cacheFolder: string): string => {
  const model = findModel(name);
  if (model === undefined) throw unknownModel(name, catalogue);
  return filesOf(model, cacheFolder).file;
};

/**
 * The GGUF file that a config means: a path (anything that ends in `.gguf` or has a slash), else a name of the catalogue.
 *
 * Rejects with `AIDE_MODEL_UNKNOWN`, `AIDE_MODEL_MISSING`, or `AIDE_MODEL_CHECKSUM` when the catalogue's file was replaced by another.
 */
export const resolveModel = async (
  nameOrPath: string,
  options: { readonly cacheFolder: string; readonly folder?: string },
): Promise<string> => {
  const model = findModel(nameOrPath);
  if (model === undefined) {
    if (!/\.gguf$|[\\/]/i.test(nameOrPath)) throw unknownModel(nameOrPath, catalogue);
    const path = isAbsolute(nameOrPath) ? nameOrPath : resolve(options.folder ?? process.cwd(), nameOrPath);
    if ((await sizeOf(path)) !== undefined) return path;
    throw modelFileMissing(
      path,
      catalogue.map(({ name }) => name),
    );
  }
  const files = filesOf(model, options.cacheFolder);
  if (await isVerified(model, files)) return files.file;
  if ((await sizeOf(files.file)) === undefined) throw modelMissing(model, files.file);
  const found = await sha256Of(files.file);
  if (found !== model.sha256) throw modelCorrupt(model, files.file, found);
  await markVerified(model, files);
  return files.file;
};
