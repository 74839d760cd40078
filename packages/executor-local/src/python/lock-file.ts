import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { asset, type Minor } from "./shipped.ts";

const sizes = z.record(z.string(), z.object({ downloadBytes: z.int().positive(), installedBytes: z.int().positive() }));

export interface LockFile {
  readonly path: string;
  /** Of the content: an environment built from another lock is not this one. */
  readonly hash: string;
  /** Measured on Linux x86-64. */
  readonly downloadBytes: number;
  readonly installedBytes: number;
}

export const lockFile = async (minor: Minor): Promise<LockFile> => {
  const path = asset(`lock-${minor}.txt`);
  const [content, measured] = await Promise.all([readFile(path), readFile(asset("sizes.json"), "utf8")]);
  const size = sizes.parse(JSON.parse(measured))[minor];
  if (size === undefined) throw new Error(`sizes.json says nothing of Python ${minor}`);
  return { path, hash: createHash("sha256").update(content).digest("hex").slice(0, 12), ...size };
};
