import { parseArgs } from "node:util";
import { flagsInvalid } from "../errors.ts";

export interface Flags {
  readonly positionals: readonly string[];
  /** Of the positionals those that are `key=value`, and the first that is not. */
  readonly overrides: readonly string[];
  readonly word: string | undefined;
  readonly value: (name: string) => string | undefined;
  readonly isSet: (name: string) => boolean;
}

/**
 * Reads `--name value` and `--name` among a command's arguments.
 * @throws AIDE_ARGUMENT for a flag that the command does not have, or one without its value.
 */
export const readFlags = (
  args: readonly string[],
  known: { readonly values?: readonly string[]; readonly switches?: readonly string[] },
): Flags => {
  const options = Object.fromEntries([
    ...(known.values ?? []).map((name) => [name, { type: "string" as const }]),
    ...(known.switches ?? []).map((name) => [name, { type: "boolean" as const }]),
  ]);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const given: Readonly<Record<string, unknown>> = values;
    return {
      positionals,
      overrides: positionals.filter((argument) => argument.includes("=")),
      word: positionals.find((argument) => !argument.includes("=")),
      value: (name) => (typeof given[name] === "string" ? given[name] : undefined),
      isSet: (name) => given[name] === true,
    };
  } catch (cause) {
    throw flagsInvalid(cause);
  }
};
