import { AideError, messageOf } from "@aide-ts/plugin";

const example = "npm create aide-plugin -- --kind strategy --name my-idea";

/** For flags and arguments that are not taken. Node continues with how such a word could be an argument after all. */
export const argumentsRefused = (cause: unknown): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `The command line was not understood: ${messageOf(cause).replace(/\.( To .*)?$/s, "")}.`,
    fix: "npm create aide-plugin -- --help",
    fault: "user",
  });

export const kindUnknown = (given: string, kinds: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `"${given}" is no kind of plugin.`,
    fix: `Name one of: ${kinds.join(", ")}.`,
    fault: "user",
  });

/** Nobody can be asked what was not given. */
export const answersMissing = (flags: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_NO_TERMINAL",
    message: `Without a terminal nobody can be asked for what is missing: ${flags.join(", ")}.`,
    fix: example,
    fault: "user",
  });

export const nameInvalid = (given: string, why: string): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_NAME",
    message: `"${given}" cannot be the name of a plugin: ${why}.`,
    fix: "Use small letters, digits and single hyphens, as my-idea or @you/my-idea.",
    fault: "user",
  });

export const nameTaken = (given: string, why: string): AideError =>
  new AideError({
    code: "AIDE_PLUGIN_NAME",
    message: `A config that names "${given}" would get another plugin or package: ${why}.`,
    fix: "Choose another name, or one in a scope, as @you/my-idea.",
    fault: "user",
  });

export const folderTaken = (folder: string): AideError =>
  new AideError({
    code: "AIDE_FOLDER_TAKEN",
    message: "The folder for the plugin is there already, and is not empty.",
    fix: "Name another folder after the flags, or renew the plugin that lies there: npm create aide-plugin@latest update",
    fault: "user",
    facts: { folder },
  });

export const fileUnwritable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SCAFFOLD_UNWRITABLE",
    message: `A file of the plugin could not be written: ${messageOf(cause)}.`,
    fix: "See whether the folder may be written to and whether the disk has room, and run the same command again.",
    fault: "user",
    facts: { file },
    cause,
  });

export const recordMissing = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SCAFFOLD_RECORD",
    message: "The folder holds no plugin that was made by create-aide-plugin, or not the record of it.",
    fix: "Run it inside the plugin's folder; where .aide-plugin.json was lost, bring it back from git.",
    fault: "user",
    facts: { file, cause: messageOf(cause) },
  });

export const recordInvalid = (file: string, problem: string): AideError =>
  new AideError({
    code: "AIDE_SCAFFOLD_RECORD",
    message: `The record of what was generated cannot be used: ${problem}.`,
    fix: "Bring .aide-plugin.json back from git.",
    fault: "user",
    facts: { file },
  });

export const treeUnclean = (folder: string, why: string): AideError =>
  new AideError({
    code: "AIDE_TREE_UNCLEAN",
    message: `What is renewed could not be distinguished from what you changed: ${why}.`,
    fix: "Commit what there is, so that `git diff` shows what is renewed; --dry-run shows it without writing, --force writes all the same.",
    fault: "user",
    facts: { folder },
  });

/** @param text what was thrown, with its stack */
export const unforeseen = (text: string): AideError =>
  new AideError({
    code: "AIDE_INTERNAL",
    message: text,
    fix: "This is a bug of create-aide-plugin: please report it with the lines above.",
    fault: "internal",
  });
