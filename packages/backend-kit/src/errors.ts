import { AideError } from "@aide-ts/plugin";

type Facts = Readonly<Record<string, string>>;

/** Answers of servers are quoted up to here. */
const longestQuote = 600;

const quoted = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
};

/** A refusal, as a server words it. */
export interface RefusalFacts {
  readonly server: string;
  readonly status: number;
  readonly answer: string;
}

const refusalFacts = ({ server, status, answer }: RefusalFacts): Facts => ({
  server,
  status: String(status),
  "it says": quoted(answer),
});

/** What every backend says that is asked after it was closed, or closed while it was asked. */
export const backendClosed = (): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CLOSED",
    message: "The backend was closed.",
    fix: "Make a new backend, or dispose it later.",
    fault: "internal",
  });

/** A model that a server does not have. `near`: the one that was meant; `instead`: how the server gets it. */
export const modelNotFound = (
  server: string,
  model: string,
  served: readonly string[],
  answer: string,
  { near, instead = "serve this one there." }: { readonly near?: string | undefined; readonly instead?: string } = {},
): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_FOUND",
    message: `The model server has no model "${model}"${near === undefined ? "" : `: did you mean ${near}?`}.`,
    fix: `Name one that it serves (backend.model=…), or ${instead}`,
    fault: "user",
    facts: {
      server,
      ...(served.length === 0 ? {} : { "it serves": quoted(served.join(", ")) }),
      ...(answer === "" ? {} : { "it says": quoted(answer) }),
    },
  });

/** No model is named, and the server has not just one. */
export const modelNotChosen = (server: string, served: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_CHOSEN",
    message: "Nothing says which of the model server's models is meant.",
    fix: `backend.model=${served[0] ?? "…"}`,
    fault: "user",
    facts: { server, "it serves": quoted(served.join(", ")) },
  });

/** No model is named for a server that is to be started. */
export const weightsNotChosen = (): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_CHOSEN",
    message: "Nothing says which model the server should be started with.",
    fix: "backend.model=deepseek-7b, say, or backend.path=FOLDER",
    fault: "user",
  });

export const unreachable = (facts: Facts, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_BACKEND_UNREACHABLE",
    message: "The model server does not answer.",
    fix: "Start it, or give its address: backend.url=…",
    fault: "backend",
    facts,
    transient: true,
    cause,
  });

export const certificateRefused = (facts: Facts, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_BACKEND_TLS",
    message: "The model server's certificate is not accepted.",
    fix: "Renew it, trust its issuer with NODE_EXTRA_CA_CERTS=…, or use http:// for a server of your own.",
    fault: "user",
    facts,
    cause,
  });

/** The connection ended before the answer did. */
export const disconnected = (server: string, what: string, cause?: unknown): AideError =>
  new AideError({
    code: "AIDE_BACKEND_DISCONNECTED",
    message: "The model server broke off in the middle of an answer.",
    fix: "See its own log; a larger retries=… waits longer for it to come back.",
    fault: "backend",
    facts: { server, error: quoted(what) },
    transient: true,
    cause,
  });

export const stalled = (server: string, seconds: number): AideError =>
  new AideError({
    code: "AIDE_BACKEND_STALLED",
    message: `The model server sent nothing for ${seconds} s.`,
    fix: "See its own log; where answers only wait in a long queue, raise backend.firstTokenSeconds.",
    fault: "backend",
    facts: { server },
    transient: true,
  });

/** What a server sent cannot be read as an answer. */
export const garbled = (server: string, what: string, cause?: unknown): AideError =>
  new AideError({
    code: "AIDE_BACKEND_GARBLED",
    message: "The model server sent what is no answer.",
    fix: "See whether the address is that of a model server, and what stands between.",
    fault: "backend",
    facts: { server, what: quoted(what) },
    transient: true,
    cause,
  });

/** A page instead of an answer: the address is not that of an API. */
export const notAnApi = (server: string, status: number, body: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_NOT_AN_API",
    message: "At the model server's address there is a web page, and no API.",
    fix: "Give the API's own address, which often ends in /v1: backend.url=…",
    fault: "user",
    facts: { server, status: String(status), page: quoted(body.replaceAll(/<[^>]*>/g, " ")) },
  });

export const contextOverflow = (server: string, answer: string): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: "The prompt does not fit into the model's context.",
    fix: "Serve the model with a longer context, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: { server, "it says": quoted(answer) },
  });

export const keyRefused = (keyFix: string, refusal: RefusalFacts): AideError =>
  new AideError({
    code: "AIDE_BACKEND_KEY",
    message: "The model server does not accept the key.",
    fix: `Give it a valid one: ${keyFix}`,
    fault: "user",
    facts: refusalFacts(refusal),
  });

export const quotaUsedUp = (refusal: RefusalFacts): AideError =>
  new AideError({
    code: "AIDE_BACKEND_QUOTA",
    message: "The account at the model server has nothing left.",
    fix: "Top it up, then go on with: aide resume",
    fault: "user",
    facts: refusalFacts(refusal),
  });

export const serverBusy = (refusal: RefusalFacts, retryAfterMs: number | undefined): AideError =>
  new AideError({
    code: "AIDE_BACKEND_BUSY",
    message: "The model server has no room for the call now.",
    fix: "Ask less at a time: backend.concurrency=…, slots=…",
    fault: "backend",
    facts: refusalFacts(refusal),
    transient: true,
    retryAfterMs,
  });

export const serverFailed = (refusal: RefusalFacts, retryAfterMs: number | undefined): AideError =>
  new AideError({
    code: "AIDE_BACKEND_FAILED",
    message: "The model server failed.",
    fix: "See its own log.",
    fault: "backend",
    facts: refusalFacts(refusal),
    transient: true,
    retryAfterMs,
  });

export const callRefused = (refusal: RefusalFacts): AideError =>
  new AideError({
    code: "AIDE_BACKEND_REFUSED",
    message: "The model server refuses the call.",
    fix: "Change what it names, or take another backend.",
    fault: "backend",
    facts: refusalFacts(refusal),
  });

export const serverDied = (name: string, how: string, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_SERVER_DIED",
    message: `${name} died (${how}).`,
    fix: "Its log says why. The next call starts it again.",
    fault: "backend",
    facts,
    transient: true,
  });

export const serverNotStarted = (name: string, how: string, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_SERVER_START",
    message: `${name} did not start (${how}).`,
    fix: "Its log says why; its command can be tried by hand.",
    fault: "user",
    facts,
  });
