import nodeModule, { findPackageJSON } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "import-meta-resolve";

const conditions = new Set(["node", "import", "module-sync", "default"]);

/** Of Yarn's own interface, what is used here. */
interface PlugAndPlay {
  readonly resolveRequest: (
    name: string,
    issuer: string,
    options: { readonly conditions: ReadonlySet<string> },
  ) => string | null;
  readonly resolveToUnqualified: (name: string, issuer: string) => string | null;
}

const isPlugAndPlay = (api: unknown): api is PlugAndPlay =>
  typeof api === "object" && api !== null && "resolveRequest" in api && "resolveToUnqualified" in api;

/** Yarn's Plug'n'Play, where it holds the packages of a folder, which then has no `node_modules`. */
const plugAndPlayOf = (path: string): PlugAndPlay | undefined => {
  if (!("findPnpApi" in nodeModule) || typeof nodeModule.findPnpApi !== "function") return undefined;
  const api: unknown = nodeModule.findPnpApi(path);
  return isPlugAndPlay(api) ? api : undefined;
};

/**
 * The URL that a package has for who imports it from `from`, a URL. `import.meta.resolve` takes no parent but the module itself.
 * @throws Error where there is no such package
 */
export const resolvePackage = (name: string, from: string): string => {
  const issuer = fileURLToPath(from);
  const path = plugAndPlayOf(issuer)?.resolveRequest(name, issuer, { conditions });
  return typeof path === "string" ? pathToFileURL(path).href : resolve(name, from);
};

/**
 * The `package.json` of a package, as a path, for who imports it from the file `from`.
 * @throws Error where there is no such package
 */
export const packageJsonOf = (name: string, from: string): string | undefined => {
  const folder = plugAndPlayOf(from)?.resolveToUnqualified(name, from);
  return typeof folder === "string" ? join(folder, "package.json") : findPackageJSON(name, pathToFileURL(from));
};
