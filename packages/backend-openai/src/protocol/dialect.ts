import type { AideError } from "@aide-ts/plugin";
import type { Body } from "./server.ts";

/** Fields that a server may refuse, and that a request can do without or under another name. */
const renamed: Readonly<Record<string, string>> = {
  max_tokens: "max_completion_tokens",
  max_completion_tokens: "max_tokens",
};
const optional = [
  "temperature",
  "top_p",
  "seed",
  "stream_options",
  "top_k",
  "min_p",
  "repetition_penalty",
  "repeat_penalty",
];

/**
 * Learns which fields a server and model refuse: models that reason take no temperature, older servers no `max_completion_tokens`. What was
 * refused once is not sent again.
 */
export class Dialect {
  readonly #refused = new Set<string>();

  /** Fields left out or renamed. */
  get refused(): readonly string[] {
    return [...this.#refused];
  }

  adapt(body: Body): Body {
    return Object.fromEntries(
      Object.entries(body).flatMap(([field, value]) => {
        if (!this.#refused.has(field)) return [[field, value]];
        const other = renamed[field];
        return other === undefined ? [] : [[other, value]];
      }),
    );
  }

  /** The field that a refusal is about, if the request can do without it; it is left out from now on. */
  learn(failure: AideError, body: Body): string | undefined {
    if (failure.code !== "AIDE_BACKEND_REFUSED") return undefined;
    const answer = failure.facts["it says"] ?? "";
    if (
      !/unsupported|not support|unrecognized|unknown|unexpected|not permitted|cannot both|not allowed|deprecated|extra/i.test(
        answer,
      )
    )
      return undefined;
    const field = [...Object.keys(renamed), ...optional].find(
      (name) => name in body && !this.#refused.has(name) && new RegExp(`\\b${name}\\b`).test(answer),
    );
    if (field === undefined || (field in renamed && this.#refused.has(renamed[field] ?? ""))) return undefined;
    this.#refused.add(field);
    return field;
  }
}
