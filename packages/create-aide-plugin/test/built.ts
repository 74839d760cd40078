import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { createPlugin, pluginKinds, pluginName } from "../src/index.ts";
import { freshFolder, kind, onePluginOfEach } from "./scaffolded.ts";

/** As `npm run build` makes it, but for the types. */
const build = (folder: string): void => {
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const file of readdirSync(join(folder, "src"))) {
    const code = stripTypeScriptTypes(readFileSync(join(folder, "src", file), "utf8"));
    writeFileSync(join(folder, "dist", file.replace(/ts$/, "js")), code.replaceAll(/(from "\..*)\.ts"/g, '$1.js"'));
  }
};

/** A strategy of that name, ready to be packed. */
export const builtStrategy = async (name: string): Promise<string> => {
  const folder = join(freshFolder(), name);
  await createPlugin(folder, kind("strategy"), pluginName(kind("strategy"), name));
  build(folder);
  return folder;
};

/** A plugin of each kind, called `my-<kind>`, ready to be used. */
export const oneBuiltPluginOfEach = async (): Promise<string> => {
  const root = await onePluginOfEach();
  for (const { kind } of pluginKinds) build(join(root, kind));
  return root;
};
