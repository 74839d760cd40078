import type { Shell } from "../shell.ts";
import { findRun, listHints, readRecord, writeHints } from "@aide-ts/run/record";
import { hintTooLong } from "../errors.ts";

const longest = 2000;

interface HintFlags {
  readonly clear: boolean | undefined;
}

/** `aide hint`: what the next proposals of a run are shown as guidance, whether it works now or is resumed later. */
export const hint = async (
  { cwd, out }: Shell,
  { clear = false }: HintFlags,
  ...[wanted, ...words]: readonly string[]
): Promise<number> => {
  const logs = await findRun(wanted, cwd);
  await readRecord(logs);
  const text = words.join(" ").trim();
  if (text.length > longest) throw hintTooLong(text.length, longest);
  const before = clear ? [] : await listHints(logs);
  const hints = text === "" ? before : [...before, text];
  if (text !== "" || clear) await writeHints(logs, hints);
  if (hints.length === 0) out("No hints.");
  for (const [at, one] of hints.entries()) out(`hint ${at + 1}   ${one}`);
  return 0;
};
