import type { Context } from "./command.ts";
import { isConfigFile, type Shell } from "../shell.ts";

/**
 * What an argument that has been begun may become. Its placeholder says what it is: `folder`, `run`, `plugin`, `key=value`, or a file by how its name ends.
 */
export const proposed = (placeholder: string) =>
  async function (this: Context, partial: string): Promise<readonly string[]> {
    const kinds = placeholder.split("|");
    return (await Promise.all(kinds.map((kind) => wordsOf(kind, partial, this.shell)))).flat();
  };

const wordsOf = async (kind: string, partial: string, { cwd }: Shell): Promise<readonly string[]> => {
  const { configWords, pathsBelow } = await import("@aide-ts/shell-completion");
  if (kind === "key=value") return configWords(await configFileKeys(), partial);
  if (kind === "run") return runs(await pathsBelow("logs/", cwd, () => false));
  if (kind === "plugin") return plugins();
  if (kind === "folder") return pathsBelow(partial, cwd, () => false);
  if (kind === "file" || kind === "path") return pathsBelow(partial, cwd, () => true);
  const [, ending] = /^[^.]*(\..+)$/.exec(kind) ?? [];
  if (ending === undefined) return [];
  return pathsBelow(partial, cwd, ending === ".yaml" ? isConfigFile : (file) => file.endsWith(ending));
};

const runs = (folders: readonly string[]): readonly string[] =>
  folders.map((folder) => folder.replace(/^logs\//, "").replace(/\/$/, ""));

const plugins = async (): Promise<readonly string[]> => {
  const { builtins } = await import("@aide-ts/builtins");
  return [...builtins.keys()].map((key) => key.slice(key.indexOf(":") + 1));
};

/** Keys of a config, from the schema that comes with the command line: making it takes ten times as long as reading it. */
export const configFileKeys = (): ReturnType<typeof readKeys> => (keys ??= readKeys());

let keys: ReturnType<typeof readKeys> | undefined;

const readKeys = async () => {
  const [{ readFile }, { configKeys }] = await Promise.all([
    import("node:fs/promises"),
    import("@aide-ts/shell-completion"),
  ]);
  return configKeys(JSON.parse(await readFile(new URL("../../schemas/config.schema.json", import.meta.url), "utf8")));
};
