import { proposeCompletions } from "@stricli/core";
import { actionsOf, application } from "./declarations/application.ts";
import { configFileKeys } from "./declarations/proposals.ts";
import { type Shell, withCommand } from "./shell.ts";

/** `aide complete`: what the last of some words may become, a line each, with what it is for after a tab. */
export const complete = async (words: readonly string[], shell: Shell): Promise<number> => {
  const context = { process: { stdout: process.stdout, stderr: process.stderr }, shell };
  const commands = application(() => undefined);
  const propose = (inputs: readonly string[]) => proposeCompletions(commands, inputs, context);
  const [partial = "", first = ""] = [words.at(-1), words[0]];
  const proposals = [
    ...(words.length === 1 ? await propose([partial]) : []),
    ...(words.length === 2 ? actionsOf(first).filter(({ completion: word }) => word.startsWith(partial)) : []),
    // The first word may be a key or a file as well, which stand for `run`.
    ...(await propose(words.length === 1 ? ["run", partial] : withCommand(words))),
  ].filter(({ completion: word }) => word !== "--" && partial.startsWith("-") === word.startsWith("-"));
  const keys = new Map((await configFileKeys()).map(({ key, description }) => [`${key}=`, description]));
  for (const { kind, completion: word, brief } of proposals)
    shell.out(`${word}\t${kind === "argument:value" ? (keys.get(word) ?? "") : brief}`);
  return 0;
};
