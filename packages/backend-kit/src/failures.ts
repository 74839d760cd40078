import { AideError } from "@aide-ts/plugin";

/** Answers of servers are quoted up to here. */
const QUOTED = 600;

export const quoted = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line;
};

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
