import { buildChoiceParser } from "@stricli/core";
import { proposed } from "./proposals.ts";

/** `--name value`, which may be left out. */
export const valueFlag = (placeholder: string, brief: string) =>
  ({ ...word(placeholder, brief), kind: "parsed", optional: true }) as const;

/** `--name 3`, a whole number from 1, which may be left out. */
export const numberFlag = (placeholder: string, brief: string) =>
  ({ kind: "parsed", parse: wholeNumber, optional: true, placeholder, brief }) as const;

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new SyntaxError(`${text} is no whole number from 1`);
  return Number(text);
};

/** `--name`. */
export const switchFlag = (brief: string) => ({ kind: "boolean", optional: true, withNegated: false, brief }) as const;

/** Any number of arguments. */
export const words = (placeholder: string, brief: string, minimum = 0) =>
  ({ kind: "array", parameter: word(placeholder, brief), minimum }) as const;

/** One argument. */
export const word = (placeholder: string, brief: string) =>
  ({ placeholder, brief, parse: String, proposeCompletions: proposed(placeholder) }) as const;

/** One argument, which may be left out. */
export const optionalWord = (placeholder: string, brief: string) =>
  ({ ...word(placeholder, brief), optional: true }) as const;

/** One of a few words. */
export const choice = <const CHOICE extends string>(choices: readonly CHOICE[], brief: string) =>
  ({
    placeholder: choices.join("|"),
    brief,
    parse: buildChoiceParser(choices),
    proposeCompletions: () => choices,
  }) as const;

/** One of a few words, which may be left out. */
export const optionalChoice = <const CHOICE extends string>(choices: readonly CHOICE[], brief: string) =>
  ({ ...choice(choices, brief), optional: true }) as const;

export const configWords = words("config.yaml|key=value", "a config file, and keys of a config");
export const runWord = optionalWord("run", "name, number or folder of a run; the last one without");
