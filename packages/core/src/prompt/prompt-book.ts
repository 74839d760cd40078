import type { Message } from "@aide-ts/plugin";
import { digest } from "../hashing/digest.ts";
import { PromptTemplate } from "./template.ts";
import { promptUnknown } from "../errors/engine.ts";

/** Every text that a model sees, by full name (`coder/draft`). Overrides of the config win. */
export class PromptBook {
  readonly #templates = new Map<string, PromptTemplate>();
  readonly #brief: string;
  /** Hash of each prompt's source: what a run records. */
  readonly hashes: Readonly<Record<string, string>>;

  /** `brief` is the task, already filled in: it opens every prompt, so that servers find it in their prefix caches. */
  constructor(sources: Readonly<Record<string, string>>, brief: string) {
    for (const [name, source] of Object.entries(sources)) this.#templates.set(name, new PromptTemplate(name, source));
    this.hashes = Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, digest(source)]));
    this.#brief = brief.trim();
  }

  /** @throws AIDE_PROMPT_UNKNOWN */
  messages(name: string, slots: Readonly<Record<string, string>>): readonly Message[] {
    const template = this.#templates.get(name);
    if (template === undefined) throw promptUnknown(name, [...this.#templates.keys()]);
    const turns = template.render(slots);
    const opening = turns.findIndex(({ role }) => role !== "system");
    const first = turns[opening];
    const brief: Message = { role: "user", content: this.#brief };
    if (first === undefined) return [...turns, brief];
    if (first.role !== "user") return turns.toSpliced(opening, 0, brief);
    return turns.with(opening, { role: "user", content: `${this.#brief}\n\n${first.content}` });
  }
}
