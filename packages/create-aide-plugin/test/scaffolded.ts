import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlugin, kindNamed, pluginKinds, pluginName, type PluginKind } from "../src/index.ts";

export const packageFolder = fileURLToPath(new URL("../", import.meta.url));

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), "aide-create-"));

export const kind = (name: string): PluginKind => {
  const found = kindNamed(name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
};

/** A plugin of each kind, called `my-<kind>`, where all that they import is found. */
export const onePluginOfEach = async (): Promise<string> => {
  const root = freshFolder();
  symlinkSync(join(packageFolder, "node_modules"), join(root, "node_modules"));
  for (const one of pluginKinds) await createPlugin(join(root, one.kind), one, pluginName(one, `my-${one.kind}`));
  return root;
};
