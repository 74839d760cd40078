import { basename, join, relative, resolve } from "node:path";
import { createPlugin } from "./create-plugin.ts";
import { answersMissing, kindUnknown } from "./errors.ts";
import { kindNamed, kindNames, type PluginKind } from "./kinds.ts";
import { pluginName } from "./names/plugin-name.ts";
import { readArguments, type Asked } from "./terminal/arguments.ts";
import { errorText } from "./terminal/error-text.ts";
import { help } from "./terminal/help.ts";
import type { Questions } from "./terminal/questions.ts";
import { changeLine, patchOf } from "./update/change-lines.ts";
import { updatePlugin } from "./update/update-plugin.ts";

/** What a command line may know of the process that runs it. */
export interface Shell {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Absent where no one can answer. */
  readonly questions?: Questions;
}

/** Runs one command line and gives its exit code: 0 done, 1 failed, 2 wrongly asked, 130 stopped. */
export const runCommandLine = async (args: readonly string[], shell: Shell): Promise<number> => {
  try {
    const asked = readArguments(args);
    if (asked.action === "help") shell.out(help);
    else if (asked.action === "update") await update(asked, shell);
    else await create(asked, shell);
    return 0;
  } catch (error) {
    const { text, exitCode } = errorText(error);
    shell.err(text);
    return exitCode;
  }
};

const update = async (asked: Extract<Asked, { action: "update" }>, { cwd, out }: Shell): Promise<void> => {
  const changes = await updatePlugin(resolve(cwd, asked.folder), asked);
  if (changes.length === 0) return out("The scaffold is as new.");
  for (const change of changes) if (asked.dryRun || change.kind === "proposed") out(patchOf(change));
  if (asked.dryRun) return;
  for (const change of changes) out(changeLine(change));
  out("\n`git diff` shows what was renewed. Then: npm install && npm test");
};

const create = async (asked: Extract<Asked, { action: "create" }>, shell: Shell): Promise<void> => {
  const kind = await kindAsked(asked, shell);
  const name = pluginName(kind, await nameAsked(asked, kind, shell));
  const folder = resolve(shell.cwd, asked.folder ?? name.package.replace(/^@.*\//, ""));
  const files = await createPlugin(folder, kind, name);
  const shown = relative(shell.cwd, folder) || ".";
  for (const file of files) shell.out(`  ${join(shown, file)}`);
  shell.out(`\n${name.package} is written; configs call it ${name.config}. Next:\n`);
  const steps = ["npm install", "npm test", "npm run example"];
  for (const step of shown === "." ? steps : [`cd ${shown}`, ...steps]) shell.out(`  ${step}`);
};

const kindAsked = async (asked: Extract<Asked, { action: "create" }>, { questions }: Shell): Promise<PluginKind> => {
  const given = asked.kind ?? (asked.yes ? "strategy" : undefined);
  if (given === undefined) {
    if (questions === undefined) throw answersMissing(asked.name === undefined ? ["--kind", "--name"] : ["--kind"]);
    return questions.kind();
  }
  const kind = kindNamed(given);
  if (kind === undefined) throw kindUnknown(given, kindNames);
  return kind;
};

const nameAsked = async (
  { name, yes, folder }: Extract<Asked, { action: "create" }>,
  kind: PluginKind,
  { cwd, questions }: Shell,
): Promise<string> => {
  if (name !== undefined) return name;
  if (yes) return folder === undefined ? `my-${kind.kind}` : basename(resolve(cwd, folder));
  if (questions === undefined) throw answersMissing(["--name"]);
  return questions.name(kind);
};
