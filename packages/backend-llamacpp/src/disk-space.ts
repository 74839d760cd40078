import { diskSpaceFor } from "@aide-ts/backend-kit";
import { diskFull } from "./errors.ts";

/**
 * Bytes that are free where `folder` is. `what` needs `bytes` of them; `text` says how many in an error.
 * @throws AIDE_DISK_FULL
 */
export const checkSpace = async (
  what: string,
  folder: string,
  bytes: number,
  text: (bytes: number) => string,
): Promise<number> => {
  const { fits, needed, freeBytes } = await diskSpaceFor(bytes, folder);
  if (!fits) throw diskFull(what, folder, { needed: text(needed), free: text(freeBytes) });
  return freeBytes;
};
