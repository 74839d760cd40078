import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginKind } from "../kinds.ts";
import type { PluginName } from "../names/plugin-name.ts";

/** The same path from `src` and from `dist`. */
const templates = fileURLToPath(new URL("../../templates/", import.meta.url));

/** Text by path, which has slashes on every system. */
export type Files = ReadonlyMap<string, string>;

/** The templates of a kind with names filled in. Theirs have no dot in front: npm would leave such files out. */
export const filledTemplates = async (kind: PluginKind, name: PluginName): Promise<Files> => {
  const files = new Map<string, string>();
  for (const folder of [join(templates, "shared"), join(templates, kind.kind)])
    for (const [path, text] of await filesIn(folder))
      files.set(path.replace(/^(changeset|github|gitignore)\b/, ".$1"), filled(text, name));
  return files;
};

const filled = (text: string, name: PluginName): string =>
  text
    .replaceAll("PACKAGE_NAME", name.package)
    .replaceAll("CONFIG_NAME", name.config)
    .replaceAll("PLUGIN_NAME", name.plugin);

const filesIn = async (folder: string): Promise<readonly (readonly [string, string])[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path, "utf8")] as const),
  );
};
