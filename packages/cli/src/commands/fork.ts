import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { EventLog, eventsBefore, parsePrompt, withoutOpen, type Event } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { createRunFolders } from "../run/folders.ts";
import { followRun } from "../run/follow-run.ts";
import { readEvents } from "../run/read-events.ts";
import { argumentsOf, fromRun, inRun, writeRecord } from "../run/record.ts";
import { reopen } from "../run/reopen.ts";
import { ensureReady } from "../setup/ensure-ready.ts";
import { readFlags } from "./flags.ts";
import { noPlace } from "./replay.ts";

/** `aide fork <run> --at <place> --prompt <file> [key=value …]`: a new run with the same past, whose call at that place asks something else. */
export const fork = async (args: readonly string[], shell: Shell): Promise<number> => {
  const { word, overrides, value } = readFlags(args, { values: ["at", "prompt"] });
  const [at, promptFile] = [value("at"), value("prompt")];
  if (at === undefined || promptFile === undefined) throw incomplete();
  const { asked, logs, record } = await reopen(word, shell, overrides);
  const events = await readEvents(logs);
  const isCall = events.some(
    (event) => event.type === "effect-started" && event.place === at && event.kind === "generate",
  );
  const past = isCall ? eventsBefore(events, at) : undefined;
  if (past === undefined) throw noPlace(at, events);
  const messages = await readPrompt(promptFile, shell.cwd);
  await ensureReady(asked.config, shell);
  const folders = await createRunFolders(
    dirname(logs),
    dirname(inRun(logs, record.workspace)),
    `${basename(logs).replace(/^\d+-/, "")}-fork`,
  );
  const forked = { of: fromRun(folders.logs, logs), at, messages };
  copyPast(join(folders.logs, "events.jsonl"), withoutOpen(past), shell);
  const startedAt = Date.now();
  const kept = { args: [...argumentsOf(record), ...overrides] };
  const forkRecord = {
    ...record,
    config: kept,
    started: new Date(startedAt).toISOString(),
    source: fromRun(folders.logs, asked.source),
    data: fromRun(folders.logs, asked.dataFolder),
    workspace: fromRun(folders.logs, folders.workspace),
    fork: forked,
  };
  await writeRecord(folders.logs, forkRecord, shell.secrets.mask);
  shell.out(`fork     ${folders.name}, from ${basename(logs)} at ${at}`);
  return followRun({ ...asked, folders, fork: forked, discardOpen: false, kept, startedAt }, shell);
};

const copyPast = (file: string, past: readonly Event[], { secrets }: Shell): void => {
  using log = EventLog.open(file, secrets.mask).log;
  for (const event of past) log.append(event);
};

const readPrompt = async (file: string, cwd: string) => {
  const text = await readFile(resolve(cwd, file), "utf8").catch((cause: unknown) => {
    throw new AideError({
      code: "AIDE_PROMPT_UNREADABLE",
      message: "The file with the prompt could not be read.",
      fix: "Check the path after --prompt. `aide show <run> <place>` prints a call's prompt in the form that is read here.",
      fault: "user",
      facts: { file, cause: cause instanceof Error ? cause.message : String(cause) },
    });
  });
  const messages = parsePrompt(text);
  if (messages.length > 0) return messages;
  throw new AideError({
    code: "AIDE_PROMPT_UNREADABLE",
    message: "The file with the prompt is empty.",
    fix: "Write what the model shall be asked; `=== user` and `=== assistant` on lines of their own begin turns.",
    fault: "user",
    facts: { file },
  });
};

const incomplete = (): AideError =>
  new AideError({
    code: "AIDE_ARGUMENT",
    message: "`aide fork` needs a place and a prompt.",
    fix: "aide fork <run> --at 5-0 --prompt prompt.md",
    fault: "user",
  });
