import { AideError } from "@aide-ts/plugin";
import { unforeseen } from "./errors/server.ts";

/** An error as OpenAI's clients read it. */
interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

export interface ErrorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/** Clients send 408, 409, 429 and all from 500 on again: what only a change of the request can fix has another status. */
const statuses: Readonly<Record<string, number>> = {
  AIDE_REQUEST_KEY: 401,
  AIDE_REQUEST_HOST: 403,
  AIDE_REQUEST_PATH: 404,
  AIDE_REQUEST_MODEL: 404,
  AIDE_REQUEST_METHOD: 405,
  AIDE_REQUEST_TOO_LARGE: 413,
  AIDE_REQUEST_TYPE: 415,
  AIDE_SERVE_STOPPING: 503,
  AIDE_CONTEXT_OVERFLOW: 400,
  AIDE_CHAT_TEMPLATE: 400,
  AIDE_SCHEMA_UNSUPPORTED: 400,
  AIDE_CONTINUATION_UNSUPPORTED: 400,
  AIDE_BACKEND_REFUSED: 400,
  AIDE_BACKEND_WITHHELD: 400,
  AIDE_BACKEND_QUOTA: 402,
  AIDE_BACKEND_KEY: 403,
  AIDE_MODEL_NOT_FOUND: 404,
  AIDE_BACKEND_BUSY: 429,
  AIDE_BACKEND_CLOSED: 503,
  AIDE_BACKEND_STALLED: 504,
};

/** OpenAI's own names, by which clients distinguish errors. */
const names: Readonly<Record<string, string>> = {
  AIDE_CONTEXT_OVERFLOW: "context_length_exceeded",
  AIDE_REQUEST_MODEL: "model_not_found",
  AIDE_REQUEST_KEY: "invalid_api_key",
  AIDE_BACKEND_BUSY: "rate_limit_exceeded",
};

const fields: Readonly<Record<string, string>> = {
  AIDE_CONTEXT_OVERFLOW: "messages",
  AIDE_CHAT_TEMPLATE: "messages",
  AIDE_SCHEMA_UNSUPPORTED: "response_format",
};

const statusOf = ({ code, fault }: AideError): number => {
  const known = statuses[code];
  if (known !== undefined) return known;
  return fault === "user" ? 400 : fault === "backend" ? 502 : 500;
};

const typeOf = (status: number): string => {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "server_error";
};

/** Facts that explain an error to whoever sent the request; others are for whoever runs the server. */
const shownFacts = ["it says", "reason"] as const;

const messageOf = ({ code, message, fix, facts }: AideError, contextTokens: number): string => {
  const reasons = shownFacts.flatMap((name) => (facts[name] === undefined ? [] : [`(${facts[name]})`]));
  // In the words by which clients know that a prompt is too long.
  const limit =
    code === "AIDE_CONTEXT_OVERFLOW" ? [`This model's maximum context length is ${contextTokens} tokens.`] : [];
  return [...limit, message, ...reasons, fix].join(" ");
};

const headersOf = (status: number, { facts, retryAfterMs }: AideError): Readonly<Record<string, string>> => {
  const wait = retryAfterMs ?? (status === 429 ? 1000 : undefined);
  return {
    ...(wait === undefined ? {} : { "retry-after": String(Math.max(1, Math.ceil(wait / 1000))) }),
    ...(facts["allow"] === undefined ? {} : { allow: facts["allow"] }),
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
  };
};

/** Whatever was thrown, as an `AideError`. */
export const asAideError = (thrown: unknown): AideError => (AideError.is(thrown) ? thrown : unforeseen(thrown));

/** The reply to a request that failed. */
export const errorReply = (
  error: AideError,
  { contextTokens, mask }: { readonly contextTokens: number; readonly mask: (text: string) => string },
): ErrorReply => {
  const status = statusOf(error);
  const body = {
    error: {
      message: mask(messageOf(error, contextTokens)),
      type: typeOf(status),
      param: error.facts["field"] ?? fields[error.code] ?? null,
      code: names[error.code] ?? error.code,
    },
  };
  return { status, headers: headersOf(status, error), body };
};
