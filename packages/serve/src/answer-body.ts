import type { Finish, Generation, Usage } from "@aide-ts/plugin";
import type { ServedModel } from "./served-model.ts";

/** A piece of an answer as it grows. */
export interface Piece {
  readonly text: string;
  readonly reasoning: boolean;
}

/** OpenAI's reason for the end of an answer; `aide_finish` beside it is finer. */
const finishReason = (finish: Finish): "stop" | "length" => {
  switch (finish) {
    case "stop":
    case "stop-sequence":
    case "thought-end":
      return "stop";
    case "length":
    case "length-in-thought":
    case "repetition":
    case "aborted":
      return "length";
  }
};

const usageBody = ({ prompt, cached, reasoning, answer, estimated }: Usage) => ({
  prompt_tokens: prompt,
  completion_tokens: reasoning + answer,
  total_tokens: prompt + reasoning + answer,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: reasoning },
  ...(estimated ? { aide_estimated: true } : {}),
});

/** The bodies of one answer, whole or in pieces. */
export class AnswerBody {
  readonly #base: Readonly<Record<string, unknown>>;
  readonly #includesUsage: boolean;

  constructor(served: ServedModel, includesUsage: boolean) {
    this.#base = {
      id: served.nextAnswerId(),
      created: served.seconds(),
      model: served.id,
      system_fingerprint: served.fingerprint,
    };
    this.#includesUsage = includesUsage;
  }

  whole({ text, reasoning, finish, usage }: Generation): unknown {
    return {
      ...this.#base,
      object: "chat.completion",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: text,
            refusal: null,
            ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
          },
          logprobs: null,
          finish_reason: finishReason(finish),
          aide_finish: finish,
        },
      ],
      usage: usageBody(usage),
    };
  }

  opening(): unknown {
    return this.#chunk({ role: "assistant", content: "" });
  }

  piece({ text, reasoning }: Piece): unknown {
    return this.#chunk(reasoning ? { reasoning_content: text } : { content: text });
  }

  /** The last events: why the answer ended and, where it was asked for, what it used. */
  closing({ finish, usage }: Generation): readonly unknown[] {
    const end = this.#chunk({}, { finish_reason: finishReason(finish), aide_finish: finish });
    return this.#includesUsage ? [end, { ...this.#event(), choices: [], usage: usageBody(usage) }] : [end];
  }

  #chunk(
    delta: Readonly<Record<string, string>>,
    end: Readonly<Record<string, string | null>> = { finish_reason: null },
  ) {
    const choices = [{ index: 0, delta, logprobs: null, ...end }];
    return { ...this.#event(), choices, ...(this.#includesUsage ? { usage: null } : {}) };
  }

  #event() {
    return { ...this.#base, object: "chat.completion.chunk" };
  }
}
