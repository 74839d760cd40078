import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { ListedFile } from "./hub.ts";

/**
 * The checksum of what lies at a path, of the kind that the hub lists for this file: SHA-256 for large files, and for others the SHA-1 that Git gives
 * a blob, of `blob <bytes>\0` and the content (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
 */
export const checksumOf = async (
  path: string,
  { bytes, large }: Pick<ListedFile, "bytes" | "large">,
  signal?: AbortSignal,
): Promise<string> => {
  const hash = createHash(large ? "sha256" : "sha1");
  if (!large) hash.update(`blob ${bytes}\0`);
  for await (const chunk of createReadStream(path, { highWaterMark: 4 << 20, signal })) hash.update(chunk);
  return hash.digest("hex");
};
