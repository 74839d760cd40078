import type { Behaviour } from "./model-server.ts";
import type { Protocol } from "./protocol.ts";

/** What must become of the call that meets a fault. */
export type Becomes =
  /** The whole answer, as if nothing had been. */
  | { readonly kind: "answer"; readonly estimated?: boolean }
  /** The answer is cut where it reached what was granted. */
  | { readonly kind: "cut" }
  | {
      readonly kind: "error";
      readonly code: `AIDE_${string}`;
      /** It may be sent again. */
      readonly transient: boolean;
      /** A person must act: it ends the run. */
      readonly user?: boolean;
      /** Pieces that had come, and are paid for. */
      readonly spent?: number;
      readonly retryAfterMs?: number;
    };

export interface FaultKind {
  readonly name: string;
  readonly play: Behaviour;
  readonly becomes: Becomes;
  /** The server speaks TLS, with an expired certificate. */
  readonly expiredTls?: true;
  /** Nothing listens at the address. */
  readonly refused?: true;
  /** The address is asked by another scheme than the server speaks. */
  readonly scheme?: "https";
  /** Of what protocols it is; of all without. */
  readonly of?: Protocol["name"];
}
