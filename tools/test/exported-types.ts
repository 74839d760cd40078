import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

/** Names that a module exports as types alone, which nothing at run time tells; those of modules that it exports as a whole too. */
export const exportedTypes = (file: string): readonly string[] => {
  const entries = parseSync(file, readFileSync(file, "utf8")).module.staticExports.flatMap((one) => one.entries);
  return entries.flatMap(({ exportName, isType, importName, moduleRequest }) => {
    if (importName.kind === "AllButDefault" && moduleRequest !== null)
      return exportedTypes(join(dirname(file), moduleRequest.value));
    return isType && exportName.name !== null ? [exportName.name] : [];
  });
};
