import type { Shell } from "../shell.ts";
import { findRun, listHints, readRecord, writeHints } from "@aide-ts/run/record";
import { readFlags } from "../terminal/flags.ts";
import { hintTooLong, hintWithoutRun } from "../errors.ts";

const longest = 2000;

/** `aide hint <run> ["…"] [--clear]`: what the next proposals of a run are shown as guidance, whether it works now or is resumed later. */
export const hint = async (args: readonly string[], { cwd, out }: Shell): Promise<number> => {
  const { positionals, isSet } = readFlags(args, { switches: ["clear"] });
  const [wanted, ...words] = positionals;
  if (wanted === undefined) throw hintWithoutRun();
  const logs = await findRun(wanted, cwd);
  await readRecord(logs);
  const text = words.join(" ").trim();
  if (text.length > longest) throw hintTooLong(text.length, longest);
  const before = isSet("clear") ? [] : await listHints(logs);
  const hints = text === "" ? before : [...before, text];
  if (text !== "" || isSet("clear")) await writeHints(logs, hints);
  if (hints.length === 0) out("No hints.");
  for (const [at, one] of hints.entries()) out(`hint ${at + 1}   ${one}`);
  return 0;
};
