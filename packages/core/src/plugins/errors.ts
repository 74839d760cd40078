import { basename, dirname } from "node:path";
import { AideError, type Kind } from "@aide-ts/plugin";

/** Stands in a folder for its config file where keys were given on the command line alone: plugins are resolved from there all the same. */
export const commandLine = "command line";

/** Which file asked for a plugin, and at which key. */
export interface AskedBy {
  /** The config file, or `commandLine` in the working folder. */
  readonly file: string;
  readonly key: string;
}

const facts = ({ file, key }: AskedBy) => ({
  "asked by": `${basename(file) === commandLine ? "the command line" : file}  ${key}`,
});

export const notFound = (
  kind: Kind,
  use: string,
  asked: AskedBy,
  searched: {
    readonly candidates: readonly string[];
    readonly from: string;
    readonly meant: string | undefined;
    readonly install: string;
  },
): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_NOT_FOUND",
    message: `Could not find ${kind} "${use}".`,
    fix: `npm install --save-dev ${searched.install}`,
    fault: "user",
    facts: {
      ...facts(asked),
      "looked for": `${searched.candidates.join(", ")}   (from ${dirname(searched.from)})`,
      ...(searched.meant === undefined ? {} : { "did you mean": `"${searched.meant}"` }),
    },
  });

export const loadFailed = (kind: Kind, use: string, file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_LOAD_FAILED",
    message: `${kind} "${use}" was found but threw while loading.`,
    fix: "Fix or reinstall the plugin: the cause is its own.",
    fault: "plugin",
    facts: { file, cause: cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause) },
    cause,
  });

export const invalid = (module: string, found: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_INVALID",
    message: `${module} has no default export made by definePlugin.`,
    fix: "export default definePlugin({ kind, name, options, create })",
    fault: "plugin",
    facts: { found: `{ ${found.join(", ")} }` },
  });

export const wrongKind = (use: string, found: readonly string[], wanted: Kind): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_KIND",
    message: `"${use}" is ${found.map((kind) => `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`).join(", ")}, but was named as ${/^[aeiou]/.test(wanted) ? "an" : "a"} ${wanted}.`,
    fix: "Move it to the key of its own kind.",
    fault: "user",
  });

export const wrongApi = (module: string, theirs: number, ours: number): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_API",
    message: `${module} speaks plugin API ${theirs}; this core speaks ${ours}.`,
    fix:
      theirs > ours
        ? `Upgrade aide to a version that speaks ${theirs}, or install an older ${module}.`
        : `Install a newer ${module}, or an older aide.`,
    fault: "plugin",
  });

export const wrongSchema = (module: string): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_SCHEMA",
    message: `The options of ${module} are no Standard Schema with a JSON Schema.`,
    fix: "Describe them with zod 4.2 or newer: options: z.strictObject({ … }).",
    fault: "plugin",
  });

export const badOptions = (kind: Kind, name: string, asked: AskedBy, problems: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_OPTIONS",
    message: `${kind} "${name}": ${problems.join("; ")}`,
    fix: `\`aide plugins ${name}\` lists its options.`,
    fault: "user",
    facts: facts(asked),
  });
