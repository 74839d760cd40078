import type { Fault } from "@aide-ts/plugin";

/** What one place of the sources says of an error. */
export interface KnownError {
  readonly code: string;
  readonly fault: Fault;
  /** The folder's name below `packages`. */
  readonly package: string;
  /** With `…` for what differs from time to time. */
  readonly messages: readonly string[];
  readonly fixes: readonly string[];
}
