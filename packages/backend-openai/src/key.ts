import type { Host } from "@aide-ts/plugin";
import type { Preset } from "./presets.ts";
import { keyMissing } from "./errors.ts";

export interface Key {
  readonly value: string | undefined;
  /** How it is set. */
  readonly fix: string;
}

/**
 * The key of a server, from the environment.
 * @throws AIDE_BACKEND_KEY_MISSING, which names the variable.
 */
export const keyFor = (preset: Preset, keyVariable: string | undefined, host: Pick<Host, "env">): Key => {
  const variables = keyVariable === undefined ? preset.keys : [keyVariable];
  const found = variables.find((name) => (host.env(name) ?? "") !== "");
  const [first, ...others] = variables;
  if (found === undefined && first !== undefined) throw keyMissing(preset.title, [first, ...others]);
  return {
    value: found === undefined ? undefined : host.env(found)?.trim(),
    fix: found === undefined ? "backend.keyVariable=NAME, and export NAME=…" : `export ${found}=…`,
  };
};
