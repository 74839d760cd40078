import { AideError, messageOf } from "@aide-ts/plugin";
import {
  serverBusy,
  serverFailed,
  keyRefused,
  quotaUsedUp,
  callRefused,
  certificateRefused,
  unreachable,
  contextOverflow,
  disconnected,
  notAnApi,
  modelNotFound,
} from "../errors.ts";

const tls =
  /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;
const unreachableCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;

/** The first code of a system or a library in an error and its causes. */
const systemCode = (error: unknown): string | undefined => {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError) return systemCode(at.errors[0]);
  }
  return undefined;
};

/** An error of the connection as one of ours. An `AideError` stays what it is. */
export const connectionFailure = (error: unknown, server: string): AideError => {
  if (AideError.is(error)) return error;
  const code = systemCode(error);
  const text = messageOf(error);
  const facts = { server, error: code === undefined ? text : `${code}: ${text}` };
  if (code !== undefined && unreachableCodes.test(code)) return unreachable(facts, error);
  if (code !== undefined && tls.test(code)) return certificateRefused(facts, error);
  return disconnected(server, facts.error, error);
};

/** The texts by which servers say that a prompt is too long. */
export const saysOverflow = (text: string): boolean =>
  /maximum context length|context length is only|longer than the (maximum )?(model|context) length|exceed_context_size|exceeds? (the )?(available )?context|context_length_exceeded|prompt is too long|input is too long|longer than the context length|reduce the length of the (input|messages|prompt)|maximum (input|allowed) (length|number of input)/i.test(
    text,
  );

/** Milliseconds until a server wants to be asked again: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export const retryAfterMs = (
  header: (name: string) => string | undefined,
  now: number = Date.now(),
): number | undefined => {
  const milliseconds = Number(header("retry-after-ms") ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const after = header("retry-after");
  if (after === undefined) return undefined;
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
  return wait >= 0 ? wait : undefined;
};

export interface Refusal {
  readonly server: string;
  readonly status: number;
  readonly body: string;
  readonly model: string;
  readonly header: (name: string) => string | undefined;
  /** Where a key is set, or how. */
  readonly keyFix: string;
}

/** What a server's refusal says, in whatever way it wraps it. */
export const refusalText = (body: string): string => {
  try {
    const parsed: unknown = JSON.parse(body);
    return messageIn(parsed) ?? body;
  } catch {
    return body;
  }
};

const messageIn = (value: unknown): string | undefined => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return messageIn(value[0]);
  if (typeof value !== "object" || value === null) return undefined;
  const { error, message, detail, type } = {
    error: undefined,
    message: undefined,
    detail: undefined,
    type: undefined,
    ...value,
  };
  const text = messageIn(error) ?? messageIn(message) ?? messageIn(detail);
  return text === undefined ? undefined : typeof type === "string" ? `${text} (${type})` : text;
};

/** A refusal by its status, and where the status says little by its text. */
export const refusalFailure = ({ server, status, body, model, header, keyFix }: Refusal): AideError => {
  const answer = refusalText(body);
  const refusal = { server, status, answer };
  if (/^\s*<(!doctype|html)/i.test(body) && (status < 400 || status === 404 || status === 405))
    return notAnApi(server, status, body);
  if ((status === 400 || status === 413 || status === 422 || status === 500) && saysOverflow(body))
    return contextOverflow(server, answer);
  if (status === 401 || status === 403) return keyRefused(keyFix, refusal);
  if (status === 402 || (status === 429 && /insufficient_quota|credit balance|billing/i.test(body)))
    return quotaUsedUp(refusal);
  if (status === 404) return modelNotFound(server, model, [], answer);
  if ([408, 409, 425, 429, 503, 529].includes(status)) return serverBusy(refusal, retryAfterMs(header));
  if (status >= 500) return serverFailed(refusal, retryAfterMs(header));
  return callRefused(refusal);
};
