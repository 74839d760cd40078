import { AideError, messageOf } from "@aide-ts/plugin";

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
