import type { Message } from "@aide-ts/plugin";
import Mustache from "mustache";
import { promptSlotUnknown } from "../errors/engine.ts";

/** One turn of a conversation in a prompt file; its text still has its `{{slots}}`. */
interface Turn {
  readonly role: Message["role"];
  readonly text: string;
}

const turnLine = /^=== (system|user|assistant)\s*$/;

/**
 * A prompt file: text with `{{slots}}` and `{{#slot}}…{{/slot}}` for parts that show only where the slot is not empty. A line `=== assistant`,
 * `=== user` or `=== system` begins a new turn; the file begins with the user's. Slots are filled after turns are split, so no value can open a
 * turn.
 */
export class PromptTemplate {
  readonly name: string;
  readonly #turns: readonly Turn[];

  constructor(name: string, source: string) {
    this.name = name;
    this.#turns = splitTurns(source);
  }

  /** @throws AIDE_PROMPT_SLOT for a slot that is not given: a misspelt name would silently show nothing. */
  render(slots: Readonly<Record<string, string>>): readonly Message[] {
    return this.#turns
      .map(({ role, text }) => ({
        role,
        content: fill(this.name, text, slots)
          .replaceAll(/\n{3,}/g, "\n\n")
          .trim(),
      }))
      .filter(({ content }) => content !== "");
  }
}

/** A finished prompt that was written to a file: its turns, without slots. */
export const parsePrompt = (source: string): readonly Message[] =>
  splitTurns(source).flatMap(({ role, text }) => (text.trim() === "" ? [] : [{ role, content: text.trim() }]));

const splitTurns = (source: string): readonly Turn[] => {
  const turns: { role: Turn["role"]; lines: string[] }[] = [{ role: "user", lines: [] }];
  for (const line of source.split("\n")) {
    const role = turnLine.exec(line)?.[1];
    if (role === "system" || role === "user" || role === "assistant") turns.push({ role, lines: [] });
    else turns.at(-1)?.lines.push(line);
  }
  return turns.map(({ role, lines }) => ({ role, text: lines.join("\n") }));
};

const fill = (name: string, text: string, slots: Readonly<Record<string, string>>): string => {
  for (const slot of slotNames(Mustache.parse(text))) {
    if (!(slot in slots)) throw promptSlotUnknown(name, slot, Object.keys(slots));
  }
  return Mustache.render(text, slots, {}, { escape: (value: unknown) => String(value) });
};

const slotNames = (tokens: unknown): readonly string[] =>
  Array.isArray(tokens)
    ? tokens.flatMap((token: unknown) => {
        if (!Array.isArray(token)) return [];
        const [kind, value, , , children]: unknown[] = token;
        const own = kind !== "text" && kind !== "!" && typeof value === "string" ? [value] : [];
        return [...own, ...slotNames(children)];
      })
    : [];
