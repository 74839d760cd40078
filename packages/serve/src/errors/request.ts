import { AideError } from "@aide-ts/plugin";

/** What clients do wrong. `facts.field` names the field, as `messages[0].role`; `facts.allow` the methods of a path. */

export const invalidField = (field: string, problem: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_INVALID",
    message: problem,
    fix: "See the API reference of OpenAI's chat completions.",
    fault: "user",
    facts: { field },
  });

export const notJson = (problem: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_JSON",
    message: `The body is no JSON: ${problem}.`,
    fix: "Send one JSON object, in UTF-8.",
    fault: "user",
  });

export const notJsonType = (problem: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_TYPE",
    message: problem,
    fix: "Send the body as it is, with the header content-type: application/json.",
    fault: "user",
  });

export const bodyTooLarge = (mebibytes: number): AideError =>
  new AideError({
    code: "AIDE_REQUEST_TOO_LARGE",
    message: `The body has more than ${mebibytes} MiB.`,
    fix: "Shorten the messages: no model here has a context for so many.",
    fault: "user",
  });

export const wrongMethod = (path: string, allow: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_METHOD",
    message: `${path} takes ${allow} alone.`,
    fix: "Send it by the method that the header allow names.",
    fault: "user",
    facts: { allow },
  });

export const noSuchPath = (): AideError =>
  new AideError({
    code: "AIDE_REQUEST_PATH",
    message: "There is nothing at this path.",
    fix: "The base URL of a client ends in /v1; the server has /v1/models, /v1/chat/completions, /tokenize and /health.",
    fault: "user",
  });

export const noCompletions = (): AideError =>
  new AideError({
    code: "AIDE_REQUEST_PATH",
    message: "Raw completions are not served: backends are asked in messages, which the model's chat template renders.",
    fix: "Use /v1/chat/completions; an assistant's message at the end is gone on from where the backend can do that.",
    fault: "user",
  });

export const noTokenCount = (): AideError =>
  new AideError({
    code: "AIDE_REQUEST_PATH",
    message: "This backend does not count tokens.",
    fix: "Read prompt_tokens in the usage of an answer.",
    fault: "user",
  });

export const keyRefused = (): AideError =>
  new AideError({
    code: "AIDE_REQUEST_KEY",
    message: "The key is missing or wrong.",
    fix: "Send authorization: Bearer …, which clients do once OPENAI_API_KEY is set.",
    fault: "user",
  });

export const foreignHost = (): AideError =>
  new AideError({
    code: "AIDE_REQUEST_HOST",
    message: "The request names another machine than this one.",
    fix: "Ask http://127.0.0.1 or http://localhost, or serve with --key, which allows any name.",
    fault: "user",
  });

export const unknownModel = (given: string, model: string, meant: string | undefined): AideError =>
  new AideError({
    code: "AIDE_REQUEST_MODEL",
    message: `The model "${given}" does not exist here${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: `This server has one: "${model}".`,
    fault: "user",
    facts: { field: "model" },
  });
