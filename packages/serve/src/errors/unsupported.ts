import { AideError } from "@aide-ts/plugin";

/** What OpenAI's protocol has and backends of aide do not. */

export const noTools = (field: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_UNSUPPORTED",
    message: "Tools are not served: backends of aide give text alone.",
    fix: "Leave tools out, or ask for JSON with response_format.",
    fault: "user",
    facts: { field },
  });

export const noProbabilities = (field: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_UNSUPPORTED",
    message: "Probabilities of tokens are not served.",
    fix: "Leave logprobs and top_logprobs out.",
    fault: "user",
    facts: { field },
  });

export const oneAnswer = (field: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_UNSUPPORTED",
    message: "n: one answer is given to a request.",
    fix: "Leave n out, and send the request again with another seed for each further answer.",
    fault: "user",
    facts: { field },
  });

export const textAlone = (field: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_UNSUPPORTED",
    message: "Answers are text alone.",
    fix: "Leave modalities and audio out.",
    fault: "user",
    facts: { field },
  });

export const noSchema = (field: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_UNSUPPORTED",
    message: "This backend cannot hold an answer to a JSON Schema.",
    fix: "Ask for JSON in the messages, or serve another backend, as backend.use=llamacpp.",
    fault: "user",
    facts: { field },
  });

export const noThoughtBudget = (field: string): AideError =>
  new AideError({
    code: "AIDE_REQUEST_UNSUPPORTED",
    message: "This backend and model have no thoughts that could be kept short.",
    fix: "Leave max_thought_tokens out, or serve a model that thinks.",
    fault: "user",
    facts: { field },
  });
