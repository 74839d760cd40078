import type { IncomingMessage, ServerResponse } from "node:http";
import type { Usage } from "@aide-ts/plugin";
import type { ServedModel } from "./served-model.ts";

/** One request and what is needed to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Without the query. */
  readonly path: string;
  readonly served: ServedModel;
  /** Fires when the client goes away or the server stops. */
  readonly signal: AbortSignal;
  /** The body of a reply to what was thrown, secrets masked. */
  readonly errorBody: (thrown: unknown) => unknown;
  /** What the terminal shows of the request once it is over. */
  readonly note: (summary: RequestSummary) => void;
}

export interface RequestSummary {
  readonly usage?: Usage;
  /** The finish of an answer, or the code of an error. */
  readonly end: string;
}

export type Endpoint = (exchange: Exchange) => Promise<void> | void;

export const sendJson = (
  response: ServerResponse,
  body: unknown,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): void => {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
};
