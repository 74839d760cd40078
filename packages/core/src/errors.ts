import { AideError, type Kind, messageOf } from "@aide-ts/plugin";
import type { Hook } from "./plugins/guard/hook.ts";
import { folderOfSource, nameOfSource, type AskedBy } from "./plugins/config-source.ts";

const askedBy = ({ source, key }: AskedBy) => ({ "asked by": `${nameOfSource(source)}  ${key}` });

export const configInvalid = (problems: readonly string[], from: string, lacksData: boolean): AideError =>
  new AideError({
    code: "AIDE_CONFIG_INVALID",
    message: problems.length === 1 ? `${problems[0]}` : `The config has ${problems.length} problems.`,
    fix: lacksData
      ? "Name the folder that holds the task's data, as data_dir=my_data."
      : "`aide config schema` lists every key.",
    fault: "user",
    facts: {
      "asked by": from,
      ...(problems.length === 1 ? {} : Object.fromEntries(problems.map((text, at) => [`${at + 1}`, text]))),
    },
  });

export const configNotFound = (file: string, askedBy: string | undefined): AideError =>
  new AideError({
    code: "AIDE_CONFIG_NOT_FOUND",
    message: `There is no config file ${file}.`,
    fix: "Check the path, or leave it out to use aide.config.yaml.",
    fault: "user",
    ...(askedBy === undefined ? {} : { facts: { "asked by": `${askedBy}  extends` } }),
  });

export const configUnreadable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_CONFIG_UNREADABLE",
    message: `The config could not be read: ${reasonOf(cause)}.`,
    fix: "Fix the file's syntax.",
    fault: "user",
    facts: { file },
    cause,
  });

/** What reads YAML and JSON names the file in a line of its own first. */
const reasonOf = (cause: unknown): string => {
  const [first = "", second = first] = messageOf(cause).split("\n");
  return / Error in .*:$/.test(first) ? second : first.replace(/\.$/, "");
};

export const configCircular = (chain: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_CONFIG_CIRCULAR",
    message: "Config files extend each other in a circle.",
    fix: "Take one `extends` out.",
    fault: "user",
    facts: { chain: chain.join(" → ") },
  });

export const configNotAnObject = (file: string): AideError =>
  new AideError({
    code: "AIDE_CONFIG_UNREADABLE",
    message: "The config is not a list of keys.",
    fix: "Write `key: value` lines.",
    fault: "user",
    facts: { file },
  });

export const argumentInvalid = (argument: string): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `"${argument}" is neither a command nor key=value.`,
    fix: 'Write it as key=value, as goal="Predict the price", or see `aide --help`.',
    fault: "user",
  });

export const workCopied = (name: string): AideError =>
  new AideError({
    code: "AIDE_WORK_COPIED",
    message: `What surrounds "${name}" passed on a copy of its work: the calls in it would have no place of their own.`,
    fix: "Pass on the work itself, a branch of fanOut, or work.with({ … }); never spread or wrap a work.",
    fault: "plugin",
  });

export const searchStuck = (): AideError =>
  new AideError({
    code: "AIDE_SEARCH_STUCK",
    message: "The search waits, but nothing is under way.",
    fix: "Report it to the author of the search plugin: `wait` is only allowed while a proposal is pending.",
    fault: "plugin",
  });

export const executionIdUnsafe = (id: string): AideError =>
  new AideError({
    code: "AIDE_EXECUTION_ID",
    message: `The executor called an execution ${JSON.stringify(id)}.`,
    fix: "Report it to the plugin's author: an id names files, so it is made of letters, digits, `.`, `_` and `-`, and does not begin with a dot.",
    fault: "plugin",
  });

export const callTooLate = (): AideError =>
  new AideError({
    code: "AIDE_CALL_TOO_LATE",
    message: "A strategy made a call after its proposal had ended.",
    fix: "Report it to the plugin's author: every call must be awaited before the strategy returns.",
    fault: "plugin",
  });

export const stopSwallowed = (calls: number): AideError =>
  new AideError({
    code: "AIDE_STOP_SWALLOWED",
    message: `A strategy went on asking after ${calls} of its calls were stopped.`,
    fix: "Report it to the plugin's author: where isStop(error), the error must be thrown on.",
    fault: "plugin",
  });

export const dataViewRefused = (plugin: string): AideError =>
  new AideError({
    code: "AIDE_DATA_VIEW_REFUSED",
    message: `${plugin} chose a view of the data for a script.`,
    fix: "Leave `data` out of the script: a view may hold labels that no prompt may show, so evaluators alone choose one.",
    fault: "plugin",
  });

export const eventsDamaged = (file: string, line: number): AideError =>
  new AideError({
    code: "AIDE_EVENTS_DAMAGED",
    message: `Line ${line} of the event log is not an event.`,
    fix: "Restore the file from a copy, or cut it off before that line to go on from there.",
    fault: "user",
    facts: { file },
  });

export const diskFull = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: "The disk is full: the event log cannot grow.",
    fix: "Free some space, then resume the run: nothing is lost.",
    fault: "user",
    facts: { file },
    cause,
  });

export const logUnwritable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_LOG_UNWRITABLE",
    message: "The event log cannot be written.",
    fix: "Make the folder writable, then resume the run.",
    fault: "user",
    facts: { file },
    cause,
  });

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

export const promptUnknown = (name: string, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PROMPT_UNKNOWN",
    message: `There is no prompt "${name}".`,
    fix: `Use one of: ${known.join(", ")}.`,
    fault: "plugin",
  });

export const promptSlotUnknown = (prompt: string, slot: string, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_PROMPT_SLOT",
    message: `Prompt "${prompt}" asks for {{${slot}}}, which it is not given.`,
    fix: `Use one of: ${known.join(", ")}.`,
    fault: "user",
  });

export const serviceMissing = (name: string): AideError =>
  new AideError({
    code: "AIDE_SERVICE_MISSING",
    message: `No service is registered for ${name}.`,
    fix: "Report this as a bug of aide.",
    fault: "internal",
  });
