import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseOverrides, parsePrompt } from "@aide-ts/core";
import { findRun, forkPoint, forkRun, openRecordedTask } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import { followRun } from "../terminal/follow-run.ts";
import { splitOverrides } from "../terminal/config-arguments.ts";
import { promptUnreadable, promptEmpty } from "../errors.ts";

interface ForkFlags {
  /** The place of a call. */
  readonly at: string;
  /** A file. */
  readonly prompt: string;
}

/** `aide fork`: a new run with the same past, whose call at that place asks something else. */
export const fork = async (
  shell: Shell,
  { at: place, prompt }: ForkFlags,
  ...args: readonly string[]
): Promise<number> => {
  const { words, overrides } = splitOverrides(args);
  const logs = await findRun(words[0], shell.cwd);
  const recorded = await openRecordedTask(logs, runHost(shell), { overrides: parseOverrides(overrides) });
  for (const note of recorded.notes) shell.err(`note     ${note}`);
  const point = await forkPoint(recorded, { place, messages: await readPrompt(prompt, shell.cwd) });
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
