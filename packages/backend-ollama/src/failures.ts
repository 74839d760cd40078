import { modelNotFound, refusalFailure, refusalText, saysOverflow } from "@aide-ts/backend-kit";
import { AideError } from "@aide-ts/plugin";

export interface Refused {
  readonly server: string;
  readonly model: string;
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

const isJson = (body: string): boolean => {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
};

/** What stands at the address is not Ollama. */
export const notOllama = (server: string, answer: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_NOT_AN_API",
    message: "What answers at the address is not Ollama.",
    fix: "Give the address that Ollama listens on, without a path: backend.url=http://127.0.0.1:11434",
    fault: "user",
    facts: { server, "it says": answer.replaceAll(/\s+/g, " ").slice(0, 200) },
  });

/** `prompt`: how long it is, as far as that is known. */
export const overflow = (server: string, prompt: string, contextTokens: number, answer?: string): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${prompt}, and the context holds ${contextTokens} tokens with the answer.`,
    fix: "Raise the backend's contextTokens, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: {
      server,
      prompt,
      context: `${contextTokens} tokens`,
      ...(answer === undefined ? {} : { "it says": answer }),
    },
  });

/** Some refusals come with status 500, as a failure of the server would, though asking again changes nothing. */
export const refusal = ({ server, model, status, body, header }: Refused): AideError => {
  const answer = refusalText(body);
  const facts = { server, model, status: String(status), "it says": answer.replaceAll(/\s+/g, " ").slice(0, 600) };
  if (status === 404)
    return isJson(body)
      ? modelNotFound(server, model, [], answer, { instead: `run: ollama pull ${model}` })
      : notOllama(server, body);
  if (saysOverflow(answer)) return refusalFailure({ server, status: 400, body, model, header, keyFix: "" });
  if (/invalid json schema in format|invalid format|(failed|unable|error) .*(grammar|json_schema)/i.test(answer))
    return new AideError({
      code: "AIDE_SCHEMA_UNSUPPORTED",
      message: "Ollama cannot hold an answer to this JSON Schema.",
      fix: "Use objects, arrays, strings, numbers, booleans, enum and const only.",
      fault: "plugin",
      facts,
    });
  if (/more system memory|out of memory|unable to allocate|cudaMalloc failed/i.test(answer))
    return new AideError({
      code: "AIDE_BACKEND_MEMORY",
      message: "Ollama has not enough memory for the model.",
      fix: "Lower the backend's contextTokens, or choose a smaller model or quantisation.",
      fault: "user",
      facts,
    });
  if (/does not support thinking|think value/i.test(answer))
    return new AideError({
      code: "AIDE_MODEL_UNFIT",
      message: "The model does not think in the way that it was asked to.",
      fix: "Leave it to the model: backend.thinking=auto",
      fault: "user",
      facts,
    });
  if (/does not support (chat|generate|completion)/i.test(answer))
    return new AideError({
      code: "AIDE_MODEL_UNFIT",
      message: "The model writes no text.",
      fix: "Choose another: ollama list",
      fault: "user",
      facts,
    });
  if (/^option ".*" must be of type|invalid duration|unknown unit/i.test(answer))
    return refusalFailure({ server, status: 400, body, model, header, keyFix: "" });
  return refusalFailure({ server, status, body, model, header, keyFix: "Sign this Ollama in: ollama signin" });
};

/** The backend was asked for what the server was found unable to do. */
export const cannotContinue = (server: string, model: string): AideError =>
  new AideError({
    code: "AIDE_CONTINUATION_UNSUPPORTED",
    message: "This Ollama does not go on from an unfinished answer.",
    fix: "Update Ollama, or use strategies that do not need it.",
    fault: "plugin",
    facts: { server, model },
  });
