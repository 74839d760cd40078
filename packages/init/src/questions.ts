import { cancel, intro, isCancel, note, outro, select, text } from "@clack/prompts";
import { Stop } from "@aide-ts/plugin";

/** A choice among few. */
export interface Choice<VALUE> {
  readonly value: VALUE;
  readonly label: string;
  readonly hint?: string;
}

/** How a person is asked for what is not known. */
export interface Questions {
  readonly begin: (title: string) => void;
  readonly show: (lines: readonly string[], title: string) => void;
  /** @param initial what stands there to be changed */
  readonly text: (message: string, initial: string) => Promise<string>;
  readonly choose: <VALUE>(message: string, choices: readonly Choice<VALUE>[]) => Promise<VALUE>;
  readonly end: (message: string) => void;
}

const given = <T>(answer: T): Exclude<T, symbol> => {
  if (isAnswer(answer)) return answer;
  cancel("Nothing was written.");
  throw new Stop("user", "Nothing was written.");
};

const isAnswer = <T>(answer: T): answer is Exclude<T, symbol> => !isCancel(answer);

/** On the terminal of this process. */
export const terminalQuestions: Questions = {
  begin: (title) => intro(title),
  show: (lines, title) => note(lines.join("\n"), title),
  async text(message, initial) {
    const validate = (typed: string | undefined) =>
      (typed ?? "").trim() === "" ? "Something is needed here." : undefined;
    return given(await text({ message, initialValue: initial, validate })).trim();
  },
  async choose(message, choices) {
    const at = given(
      await select({ message, options: choices.map(({ value: _, ...shown }, index) => ({ ...shown, value: index })) }),
    );
    const [chosen] = choices.slice(at);
    if (chosen === undefined) throw new RangeError(`There is no choice ${at}.`);
    return chosen.value;
  },
  end: (message) => outro(message),
};
