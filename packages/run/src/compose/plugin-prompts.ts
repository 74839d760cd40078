import type { AnyPlugin } from "@aide-ts/plugin";
import { promptTwice } from "../errors/composition.ts";

/** The prompts of a config's plugins by full name. */
export class PluginPrompts {
  readonly #prompts = new Map<string, { readonly text: string; readonly by: string }>();

  get texts(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#prompts].map(([name, { text }]) => [name, text]));
  }

  /** @throws AIDE_PROMPT_TWICE where another plugin brought a different text of the same name: one of them would not get what it asks for. */
  add({ name: by, prompts = {} }: Pick<AnyPlugin, "name" | "prompts">): void {
    for (const [name, text] of Object.entries(prompts)) {
      const known = this.#prompts.get(name);
      if (known !== undefined && known.text !== text) throw promptTwice(name, by, known.by);
      this.#prompts.set(name, { text, by });
    }
  }
}
