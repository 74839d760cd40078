import { AideError, messageOf } from "@aide-ts/plugin";

/** What was most likely meant, at the end of a sentence. */
const orMeant = (meant: string | undefined): string => (meant === undefined ? "." : `: did you mean "${meant}"?`);

export const casesUnknown = (wanted: string): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `--cases ${wanted} is neither a number of drafts nor the beginning of a name.`,
    fix: "aide bench repair --cases 5, or --cases hitters",
    fault: "user",
  });

export const commandUnknown = (name: string, meant: string | undefined): AideError =>
  new AideError({
    code: "AIDE_COMMAND_UNKNOWN",
    message: `There is no command "${name}"${orMeant(meant)}`,
    fix: meant === undefined ? "aide --help" : `aide ${meant}`,
    fault: "user",
  });

/** What a command that is made of others is named with. */
export interface Actions {
  readonly command: string;
  /** What one of them is. */
  readonly noun: string;
  readonly names: readonly string[];
}

export const actionMissing = ({ command, noun, names }: Actions): AideError =>
  new AideError({
    code: "AIDE_COMMAND_UNKNOWN",
    message: `\`aide ${command}\` needs a ${noun}.`,
    fix: `aide ${command} ${names.join(" | ")}`,
    fault: "user",
  });

export const actionUnknown = (given: string, meant: string | undefined, { command, noun, names }: Actions): AideError =>
  new AideError({
    code: "AIDE_COMMAND_UNKNOWN",
    message: `There is no ${noun} "${given}"${orMeant(meant)}`,
    fix: `aide ${command} ${meant ?? names.join(" | ")}`,
    fault: "user",
  });

export const promptUnreadable = (file: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_PROMPT_UNREADABLE",
    message: "The file with the prompt could not be read.",
    fix: "Check the path after --prompt. `aide show <run> <place>` prints a call's prompt in the form that is read here.",
    fault: "user",
    facts: { file, cause: messageOf(cause) },
  });

export const promptEmpty = (file: string): AideError =>
  new AideError({
    code: "AIDE_PROMPT_UNREADABLE",
    message: "The file with the prompt is empty.",
    fix: "Write what the model shall be asked; `=== user` and `=== assistant` on lines of their own begin turns.",
    fault: "user",
    facts: { file },
  });

export const hintTooLong = (characters: number, most: number): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `The hint has ${characters} characters; small models lose a long one.`,
    fix: `Use at most ${most}.`,
    fault: "user",
  });

export const pluginUnknown = (name: string, meant: string | undefined): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `There is no plugin "${name}"${orMeant(meant)}`,
    fix: "aide plugins",
    fault: "user",
  });

export const scriptUnreadable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SCRIPT_UNREADABLE",
    message: "The script to start from could not be read.",
    fix: "Check the path after --from.",
    fault: "user",
    facts: { file: path, cause: messageOf(cause) },
  });

export const solutionNotFound = (id: string, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_SOLUTION_NOT_FOUND",
    message: `The run has neither a solution nor a model call "${id}".`,
    fix: known.length === 0 ? "It has no solutions yet." : `Name one of: ${known.join(", ")}.`,
    fault: "user",
  });

export const tokensInvalid = (text: string): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `"${text}" is not a number of tokens.`,
    fix: "aide doctor deepseek-32b --context 32768",
    fault: "user",
  });

export const noModelToFit = (): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: "Nothing says which model is meant to fit.",
    fix: "aide doctor deepseek-32b, or aide doctor backend.model=deepseek-32b backend.quantization=4bit",
    fault: "user",
  });

export const twoFiles = (files: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `One config file is read, not ${files.length}: ${files.join(", ")}.`,
    fix: `Let one build on the other: \`extends: ${files[0]}\` in ${files.at(-1)}`,
    fault: "user",
  });

/** For flags and arguments that a command does not take, or misses. */
export const argumentsRefused = (command: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: `${messageOf(cause)}.`.replace(/\?\.$/, "?"),
    fix: `aide ${command} --help`,
    fault: "user",
  });

/** @param text what was thrown, with its stack */
export const unforeseen = (text: string): AideError =>
  new AideError({
    code: "AIDE_INTERNAL",
    message: text,
    fix: "This is a bug of aide: please report it with the lines above.",
    fault: "internal",
  });
