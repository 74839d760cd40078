import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseOverrides, parsePrompt } from "@aide-ts/core";
import { findRun, forkPoint, forkRun, openRecordedTask } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import { readFlags } from "../terminal/flags.ts";
import { followRun } from "../terminal/follow-run.ts";
import { forkIncomplete, promptUnreadable, promptEmpty } from "../errors.ts";

/** `aide fork <run> --at <place> --prompt <file> [key=value …]`: a new run with the same past, whose call at that place asks something else. */
export const fork = async (args: readonly string[], shell: Shell): Promise<number> => {
  const { word, overrides, value } = readFlags(args, { values: ["at", "prompt"] });
  const [place, promptFile] = [value("at"), value("prompt")];
  if (place === undefined || promptFile === undefined) throw forkIncomplete();
  const logs = await findRun(word, shell.cwd);
  const recorded = await openRecordedTask(logs, runHost(shell), { overrides: parseOverrides(overrides) });
  for (const note of recorded.notes) shell.err(`note     ${note}`);
  const point = await forkPoint(recorded, { place, messages: await readPrompt(promptFile, shell.cwd) });
  await makeReady(recorded.request.plugins, shell);
  const request = await forkRun(recorded, point, shell);
  shell.out(`fork     ${request.folders.name}, from ${basename(logs)} at ${place}`);
  return followRun(request, shell);
};

const readPrompt = async (file: string, cwd: string) => {
  const text = await readFile(resolve(cwd, file), "utf8").catch((cause: unknown) => {
    throw promptUnreadable(file, cause);
  });
  const messages = parsePrompt(text);
  if (messages.length > 0) return messages;
  throw promptEmpty(file);
};
