import type { IncomingMessage, ServerResponse } from "node:http";
import type { Usage } from "@aide-ts/plugin";
import type { Context } from "hono";
import type { ServedModel } from "./served-model.ts";

/** One request and what is needed to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly served: ServedModel;
  readonly key: string | undefined;
  /** Fires when the client goes away or the server stops. */
  readonly signal: AbortSignal;
  /** Fires when the server stops. */
  readonly closing: AbortSignal;
  /** The body of a reply to what was thrown, secrets masked. */
  readonly errorBody: (thrown: unknown) => unknown;
  /** The reply to what was thrown. */
  readonly refuse: (thrown: unknown) => Response;
  /** What the terminal shows of the request once it is over. */
  readonly note: (summary: RequestSummary) => void;
}

export interface RequestSummary {
  readonly usage?: Usage;
  /** The finish of an answer, or the code of an error. */
  readonly end: string;
}

export type Endpoint = (context: Context<{ Bindings: Exchange }>) => Promise<Response>;
