import { open, rm, stat } from "node:fs/promises";
import type { Hub, ListedFile } from "./hub.ts";
import { persistently } from "./persistently.ts";
import type { Meter } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import type { Repository } from "./repository.ts";

/** Bytes of a file; `undefined` where there is none. */
export const sizeOf = async (path: string): Promise<number | undefined> => {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
};

/** Bytes of a file; 0 where there is none. */
export const lengthOf = async (path: string): Promise<number> => (await sizeOf(path)) ?? 0;

/** Fetches the rest of a file into `partial`, going on where a cut connection or a killed process left off. */
export const download = async (
  { hub, repository, commit, meter, signal }: Source,
  file: ListedFile,
  partial: string,
): Promise<void> => {
  const restart = async () => {
    meter.bytes -= await lengthOf(partial);
    await rm(partial, { force: true });
  };
  const attempt = async () => {
    const have = await lengthOf(partial);
    // An empty file is made without asking; a whole one needs its checksum only.
    if (have === file.bytes) return void (await (await open(partial, "a")).close());
    const response = await hub.open(repository, commit, file, have).catch(async (error: unknown) => {
      if (error instanceof Refusal && error.status === 416) await restart();
      throw error;
    });
    if (response.body === null) throw new Error("the hub answered with nothing");
    const from = Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? 0);
    // A server without ranges sends the file from its start.
    if (have > 0 && (response.status !== 206 || from !== have)) await restart();
    await append(response.body, partial, file, meter, signal);
    const now = await lengthOf(partial);
    if (now < file.bytes) throw new Error(`the connection ended at ${now} of ${file.bytes} bytes`);
  };
  await persistently(attempt, { have: () => lengthOf(partial), signal });
};

/** Where files are fetched from, and what counts them. */
export interface Source {
  readonly hub: Hub;
  readonly repository: Repository;
  readonly commit: string;
  readonly meter: Meter;
  readonly signal: AbortSignal | undefined;
}

const append = async (
  chunks: AsyncIterable<Uint8Array>,
  partial: string,
  file: ListedFile,
  meter: Meter,
  signal: AbortSignal | undefined,
): Promise<void> => {
  let bytes = await lengthOf(partial);
  // Each chunk is on its way to the disk before the next one is asked for, so that a cut connection loses none of them.
  await using handle = await open(partial, "a");
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    // A file that is longer than listed is another one: the checksum says so.
    const kept = chunk.subarray(0, file.bytes - bytes);
    await handle.appendFile(kept);
    bytes += kept.length;
    meter.arrived(kept.length);
    if (kept.length < chunk.length) return;
  }
};
