import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Tokens of SmolLM2 that no answer needs, and what they are called here. */
const renamed = { "<jupyter_script>": "<think>", "<empty_output>": "</think>" };

const changed = {
  // Not special any more: special tokens are left out of answers.
  "tokenizer.json": (text: string): string => {
    let tokenizer = text;
    for (const [old, name] of Object.entries(renamed)) {
      const entry = new RegExp(`("content": *"${old}"[^}]*"special": *)true`);
      tokenizer = replaced(tokenizer, entry, "$1false").replaceAll(`"${old}"`, `"${name}"`);
    }
    return tokenizer;
  },
  "chat_template.jinja": (text: string): string =>
    replaced(text, "<|im_start|>assistant\n", "<|im_start|>assistant\n<think>\n"),
};

/**
 * The same weights in a folder that has what vLLM's reasoning parsers ask of a tokenizer: tokens `<think>` and `</think>`, and a template that opens the
 * thought, as DeepSeek-R1's does. The model was not trained on them: it ends thoughts only where a server makes it.
 */
export const makeThinkingModel = (source: string, folder: string): void => {
  mkdirSync(folder);
  const edits = new Map<string, (text: string) => string>(Object.entries(changed));
  for (const file of readdirSync(source)) {
    const edit = edits.get(file);
    if (edit === undefined) linkSync(join(source, file), join(folder, file));
    else writeFileSync(join(folder, file), edit(readFileSync(join(source, file), "utf8")));
  }
};

const replaced = (text: string, old: string | RegExp, replacement: string): string => {
  const result = text.replace(old, replacement);
  if (result === text) throw new Error(`${String(old)} is not in the file`);
  return result;
};
