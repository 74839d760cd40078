import type { ModelFiles } from "./folder.ts";

/** What a source works with: the partial file as something to append to, and what is needed to get bytes. */
export interface Fetch {
  readonly files: ModelFiles;
  readonly bytes: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly python: string;
  readonly signal: AbortSignal | undefined;
  /** How much of the file is there already. */
  length(): Promise<number>;
  append(chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Begins again from nothing. */
  restart(): Promise<void>;
}
