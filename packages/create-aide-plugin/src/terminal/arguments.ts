import { parseArgs } from "node:util";
import { argumentsRefused } from "../errors.ts";

/** What a command line asks for. */
export type Asked =
  | { readonly action: "help" }
  | { readonly action: "update"; readonly folder: string; readonly dryRun: boolean; readonly force: boolean }
  | {
      readonly action: "create";
      readonly folder: string | undefined;
      readonly kind: string | undefined;
      readonly name: string | undefined;
      readonly yes: boolean;
    };

const help = { type: "boolean", short: "h", default: false } as const;

/** @throws AIDE_ARGUMENT */
export const readArguments = (args: readonly string[]): Asked => {
  try {
    return args[0] === "update" ? updateAsked(args.slice(1)) : createAsked(args);
  } catch (cause) {
    throw argumentsRefused(cause);
  }
};

const updateAsked = (args: readonly string[]): Asked => {
  const options = {
    "dry-run": { type: "boolean", default: false },
    force: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options: { ...options, help }, allowPositionals: true });
  if (values.help) return { action: "help" };
  return { action: "update", folder: onlyOne(positionals) ?? ".", dryRun: values["dry-run"], force: values.force };
};

const createAsked = (args: readonly string[]): Asked => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      kind: { type: "string", short: "k" },
      name: { type: "string", short: "n" },
      yes: { type: "boolean", short: "y", default: false },
      help,
    },
    allowPositionals: true,
  });
  if (values.help) return { action: "help" };
  return { action: "create", folder: onlyOne(positionals), kind: values.kind, name: values.name, yes: values.yes };
};

const onlyOne = (positionals: readonly string[]): string | undefined => {
  const [first, ...others] = positionals;
  if (others.length > 0) throw new Error(`One folder is written, not ${positionals.length}: ${positionals.join(", ")}`);
  return first;
};
