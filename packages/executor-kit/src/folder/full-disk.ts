import { statfs } from "node:fs/promises";
import { diskFull } from "../errors.ts";

/** Bytes; less is no room for a submission. */
const nothing = 2 ** 20;

/**
 * A script that found no room where it works has not failed by its own doing, unless it filled a limit of its own: then the disk has room.
 * @throws AIDE_DISK_FULL
 */
export const checkRoom = async ({ output }: { readonly output: string }, folder: string): Promise<void> => {
  if (!/No space left on device|Disk quota exceeded/.test(output)) return;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < nothing) throw diskFull(folder, undefined);
};
