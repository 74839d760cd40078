import { AideError, type Kind, messageOf } from "@aide-ts/plugin";
import { folderOfSource, nameOfSource, type AskedBy } from "../plugins/config-source.ts";
import type { Hook } from "../plugins/guard/hook.ts";

const askedBy = ({ source, key }: AskedBy) => ({ "asked by": `${nameOfSource(source)}  ${key}` });

export const pluginNotFound = (
  kind: Kind,
  use: string,
  asked: AskedBy,
  searched: {
    readonly candidates: readonly string[];
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
      ...askedBy(asked),
      "looked for": `${searched.candidates.join(", ")}   (from ${folderOfSource(asked.source)})`,
      ...(searched.meant === undefined ? {} : { "did you mean": `"${searched.meant}"` }),
    },
  });

export const pluginLoadFailed = (kind: Kind, use: string, file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_LOAD_FAILED",
    message: `${kind} "${use}" was found but threw while loading.`,
    fix: "Fix or reinstall the plugin: the cause is its own.",
    fault: "plugin",
    facts: { file, cause: messageOf(cause).split("\n")[0] ?? "" },
    cause,
  });

export const pluginAmbiguous = (kind: Kind, name: string, module: string, names: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_UNNAMED",
    message: `No ${kind} of ${module} is called "${name}".`,
    fix: `Name one that it has: ${names.map((one) => `${module}#${one}`).join(", ")}.`,
    fault: "user",
  });

/** Of a hook that answers at once, as `create`. */
const report = "report it to its author";

export const pluginThrew = ({ kind, plugin, hook }: Hook, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_THREW",
    message: `${kind} "${plugin}" threw in ${hook}: ${(messageOf(cause).split("\n")[0] ?? "").replace(/\.$/, "")}.`,
    fix: `Check the plugin's options, and ${report}.`,
    fault: "plugin",
    cause,
  });

/** @param problem what is wrong with the answer */
export const pluginReturned = ({ kind, plugin, hook }: Hook, answer: unknown, problem: string): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_RETURNED",
    message: `${kind} "${plugin}" gave ${shownAnswer(answer)} in ${hook}, which is no answer to that.`,
    fix: `Check the plugin's options, and ${report}: its conformance suite in @aide-ts/testing finds this.`,
    fault: "plugin",
    facts: { problem },
  });

/** @param missing what `create` gave does not have */
export const pluginIncomplete = ({ kind, plugin, hook }: Hook, missing: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_RETURNED",
    message: `${kind} "${plugin}" gave nothing in ${hook} that is a ${kind}: it lacks ${missing.join(", ")}.`,
    fix: `Check its version, and ${report}: its conformance suite in @aide-ts/testing finds this.`,
    fault: "plugin",
  });

/** @param silence since the run was stopped, or though nothing that it asked for was under way */
export const pluginSilent = (
  { kind, plugin, hook }: Hook,
  milliseconds: number,
  silence: "since-stop" | "idle",
): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_SILENT",
    message: `${kind} "${plugin}" has not answered in ${hook} for ${Math.round(milliseconds / 1000)} s${silence === "idle" ? ", with nothing under way that it asked for" : " since the run was stopped"}.`,
    fix: `Restart with aide resume, and ${report}: a hook ends when the run is stopped, and one that waits for something else for long calls work.remaining() now and then.`,
    fault: "plugin",
  });

const shownAnswer = (answer: unknown): string =>
  answer === null || typeof answer !== "object"
    ? String(answer)
    : `an object of ${Object.keys(answer).join(", ") || "nothing"}`;

export const pluginInvalid = (module: string, found: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_INVALID",
    message: `${module} has no default export made by definePlugin.`,
    fix: "export default definePlugin({ kind, name, options, create })",
    fault: "plugin",
    facts: { found: `{ ${found.join(", ")} }` },
  });

export const pluginOfOtherKind = (use: string, found: readonly string[], wanted: Kind): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_KIND",
    message: `"${use}" is ${found.map((kind) => `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`).join(", ")}, but was named as ${/^[aeiou]/.test(wanted) ? "an" : "a"} ${wanted}.`,
    fix: "Move it to the key of its own kind.",
    fault: "user",
  });

export const pluginApiUnsupported = (module: string, theirs: number, ours: number): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_API",
    message: `${module} speaks plugin API ${theirs}; this core speaks ${ours}.`,
    fix:
      theirs > ours
        ? `Upgrade aide to a version that speaks ${theirs}, or install an older ${module}.`
        : `Install a newer ${module}, or an older aide.`,
    fault: "plugin",
  });

export const pluginSchemaMissing = (module: string): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_SCHEMA",
    message: `The options of ${module} are no Standard Schema with a JSON Schema.`,
    fix: "Describe them with zod 4.2 or newer: options: z.strictObject({ … }).",
    fault: "plugin",
  });

export const pluginOptionsInvalid = (
  kind: Kind,
  name: string,
  asked: AskedBy,
  problems: readonly string[],
): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_OPTIONS",
    message: `${kind} "${name}": ${problems.join("; ")}`,
    fix: `\`aide plugins ${name}\` lists its options.`,
    fault: "user",
    facts: askedBy(asked),
  });

export const registryNotSearched = (reason: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_REGISTRY_SEARCH",
    message: `npm's registry could not be searched: ${reason}.`,
    fix: "See which one npm asks (npm config get registry): some mirrors cannot be searched. `npm search keywords:aide-plugin` asks the same.",
    fault: "backend",
    cause,
  });
