import { AideError, type AnyPlugin } from "@aide-ts/plugin";

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
      if (known !== undefined && known.text !== text)
        throw new AideError({
          code: "AIDE_PROMPT_TWICE",
          message: `"${known.by}" and "${by}" each bring a prompt "${name}", with different texts.`,
          fix: `Leave one of them out. Whoever wrote it can name its prompts after itself: "${by}/…".`,
          fault: "plugin",
        });
      this.#prompts.set(name, { text, by });
    }
  }
}
