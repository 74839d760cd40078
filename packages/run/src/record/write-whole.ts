import { rename, writeFile } from "node:fs/promises";

/** Writes a file so that whoever reads it, whenever the process dies, finds all of the old content or all of the new. */
export const writeWhole = async (path: string, content: string | Uint8Array): Promise<void> => {
  const draft = `${path}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
};
