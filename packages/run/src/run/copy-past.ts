import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { EventLog, type Event } from "@aide-ts/core";
import { predictionsIn } from "@aide-ts/evaluation";

/** Writes a run's past as the log of another one. */
export const copyEvents = (file: string, past: readonly Event[], mask: (text: string) => string): void => {
  using log = EventLog.open(file, mask).log;
  for (const event of past) log.append(event);
};

/** What solutions answered is not in the log, and later ones are compared with it. */
export const copyPredictions = (from: string, to: string): Promise<void> =>
  copyFolder(predictionsIn(from), predictionsIn(to));

/** With all that is in it, where it is there. */
export const copyFolder = async (from: string, to: string): Promise<void> => {
  if (existsSync(from)) await cp(from, to, { recursive: true });
};
