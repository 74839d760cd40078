import { builtinNames, coderPrompts, configJsonSchema, digest, loadPlugin, type Builtins } from "@aide-ts/core";
import { taskPrompts } from "@aide-ts/evaluation";
import type { Kind, Json } from "@aide-ts/plugin";

/** What decides how aide works, by name → hash: every prompt, every default of a config, every option of a plugin with its default. */
export type Setup = Readonly<Record<string, string>>;

const kinds: readonly Kind[] = ["strategy", "search", "evaluator", "executor"];

/** The setup of this aide, with the plugins that come with it. Names are as `prompt coder/draft`, `options strategy:reflection`. */
export const currentSetup = async (builtins: Builtins): Promise<Setup> => {
  const parts: Record<string, string> = { "config schema": digest(asJson(configJsonSchema())) };
  const addPrompts = (prompts: Readonly<Record<string, string>> = {}): void => {
    for (const [name, text] of Object.entries(prompts)) parts[`prompt ${name}`] = digest(text);
  };
  addPrompts(coderPrompts());
  addPrompts(taskPrompts());
  const asked = { source: { kind: "command line", folder: "/" } as const, key: "seal" };
  for (const kind of kinds)
    for (const name of builtinNames(kind, builtins)) {
      const plugin = await loadPlugin(kind, name, asked, builtins);
      const schema = plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
      parts[`options ${kind}:${name}`] = digest(asJson(schema));
      addPrompts(plugin.prompts);
    }
  return parts;
};

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

export const hashOf = (setup: Setup): string => digest(Object.fromEntries(Object.entries(setup).toSorted()));
