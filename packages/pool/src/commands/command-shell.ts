import type { RawConfig } from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";

/** What these commands may know of the process that runs them. */
export interface CommandShell {
  readonly host: RunHost;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
  /** Reads a config file and `key=value`; no file is looked for. */
  readonly readConfig: (words: readonly string[]) => Promise<RawConfig>;
}
