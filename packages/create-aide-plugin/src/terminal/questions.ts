import { isCancel, select, text } from "@clack/prompts";
import { messageOf, Stop } from "@aide-ts/plugin";
import { pluginKinds, type PluginKind } from "../kinds.ts";
import { pluginName } from "../names/plugin-name.ts";

/** How a person is asked for what the flags left open. */
export interface Questions {
  kind(): Promise<PluginKind>;
  name(kind: PluginKind): Promise<string>;
}

const given = <T>(answer: T): Exclude<T, symbol> => {
  if (isAnswer(answer)) return answer;
  throw new Stop("user", "Nothing was written.");
};

const isAnswer = <T>(answer: T): answer is Exclude<T, symbol> => !isCancel(answer);

/** On the terminal of this process. */
export const terminalQuestions: Questions = {
  async kind() {
    const options = pluginKinds.map((kind) => ({ value: kind, label: kind.kind, hint: kind.what }));
    return given(await select({ message: "What kind of plugin is it?", options }));
  },
  async name(kind) {
    const validate = (typed: string | undefined): string | undefined => {
      try {
        pluginName(kind, typed ?? "");
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    };
    const message = "What is it called in a config?";
    return given(await text({ message, placeholder: `my-${kind.kind}`, validate }));
  },
};
