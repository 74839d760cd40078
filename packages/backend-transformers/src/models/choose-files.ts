import type { ListedFile } from "./hub.ts";

/** Which files are wanted, as patterns of `*` (any text, slashes too) and `?`. */
export interface Wanted {
  /** Weights and other files besides those that every model needs. Default: all. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
}

/** What a server needs to know what the weights are and how to ask them; the licence they come with. */
const always = [
  "config.json",
  "generation_config.json",
  "*.safetensors.index.json",
  "tokenizer*",
  "*tokenizer_config.json",
  "*_tokens*.json",
  "vocab*",
  "merges.txt",
  "*.jinja",
  "chat_template*",
  "licen[cs]e*",
  "notice*",
];
const images = ["*.png", "*.jpg", "*.jpeg", "*.gif", "*.webp", "*.svg", "*.bmp", "*.pdf", "*.mp4"];
const torch = ["*.bin", "*.pt", "*.pth"];
const others = ["*.h5", "*.msgpack", "*.onnx", "*.onnx_data", "*.ot", "*.gguf", "*.mlmodel", "original/*"];
/** The same weights once more, for Mistral's own program. */
const consolidated = ["consolidated*.safetensors"];

/** Whether a path is of a pattern, letters large or small. */
const isOf = (patterns: readonly string[], path: string): boolean =>
  patterns.some((pattern) => {
    const source = pattern
      .replaceAll(/[.+^${}()|\\]/g, String.raw`\$&`)
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "is").test(path);
  });

/** The weights in one form only, the best that there is, and all that comes with them; no images. */
export const chooseFiles = (files: readonly ListedFile[], { only, skip = [] }: Wanted = {}): readonly ListedFile[] => {
  const has = (...patterns: readonly string[]) => files.some(({ path }) => isOf(patterns, path));
  const inFolder = (path: string) => path.includes("/");
  const spare = has("*.safetensors")
    ? [...torch, ...others, ...(has("model*.safetensors") ? consolidated : [])]
    : has("pytorch_model*.bin")
      ? others
      : [];
  return files.filter(({ path }) => {
    if (!inFolder(path) && isOf(always, path) && !isOf(torch, path)) return true;
    return !isOf([...spare, ...images, ...skip], path) && (only === undefined || isOf(only, path));
  });
};
