import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

/** From now on imports of node-llama-cpp find what `file` finds: it is no dependency of this package, and lies where the user has it or in the cache. */
export const findLibraryFrom = (file: string): void => {
  const parentURL = pathToFileURL(file).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, specifier === "node-llama-cpp" ? { ...context, parentURL } : context),
  });
};
