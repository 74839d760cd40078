import type { Kind } from "@aide-ts/plugin";

const prefixes: Readonly<Record<string, string>> = { search: "strategy", evaluator: "evaluator" };

/** A plugin's name in a config: the module to import, and which of its plugins (`pack#name`). */
export interface Reference {
  readonly module: string;
  readonly name: string | undefined;
}

export const parseReference = (use: string): Reference => {
  const at = use.lastIndexOf("#");
  return at <= 0 ? { module: use, name: undefined } : { module: use.slice(0, at), name: use.slice(at + 1) };
};

export const isPath = (module: string): boolean => /^(\.{1,2}\/|file:|\/)/.test(module);

/** The packages that a name may mean, in the order in which they are looked for. */
export const candidatePackages = (kind: Kind, module: string): readonly string[] => {
  const prefix = prefixes[kind] ?? kind;
  if (module.startsWith("@")) {
    const [scope = "", name] = module.split("/");
    return name === undefined ? [`${scope}/aide-${prefix}`] : [module, `${scope}/aide-${prefix}-${name}`];
  }
  return [module, `@aide-ts/${prefix}-${module}`, `aide-${prefix}-${module}`];
};
