import { open, type FileHandle } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Yarn's Plug'n'Play puts file handles of its own in the place of Node's, which `await using` cannot close. */
export const completeFileHandles = async (): Promise<void> => {
  if (process.versions["pnp"] === undefined) return;
  const handle = await open(fileURLToPath(import.meta.url));
  const prototype: object = Object.getPrototypeOf(handle);
  if (!(Symbol.asyncDispose in prototype))
    Object.defineProperty(prototype, Symbol.asyncDispose, {
      value(this: FileHandle): Promise<void> {
        return this.close();
      },
    });
  await handle.close();
};
