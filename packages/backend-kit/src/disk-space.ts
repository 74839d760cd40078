import { statfs } from "node:fs/promises";

/** Left free beside what is fetched, for whatever else writes to that disk meanwhile. */
const spareBytes = 64 << 20;

export interface DiskSpace {
  readonly fits: boolean;
  /** With what is left free. */
  readonly needed: number;
  readonly freeBytes: number;
}

/** Whether so many bytes fit onto the disk that a folder lies on. */
export const diskSpaceFor = async (bytes: number, folder: string): Promise<DiskSpace> => {
  const disk = await statfs(folder);
  const freeBytes = disk.bavail * disk.bsize;
  const needed = bytes + spareBytes;
  return { fits: freeBytes >= needed, needed, freeBytes };
};

/** Whether the disk is full, or the user's share of it. */
export const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
