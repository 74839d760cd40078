import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SuiteTask } from "@aide-ts/plugin";
import { z } from "zod";

/** What was drawn by the rule in `docs/decisions/2026-11-29-suite.md`, and development tasks; checksums are of the prepared folders. */
export const tasksFile = fileURLToPath(new URL("../tasks.json", import.meta.url));

const entry = z.looseObject({
  name: z.string(),
  title: z.string(),
  kind: z.string(),
  part: z.string(),
  checksum: z.string().optional(),
  twinChecksum: z.string().optional(),
});

const withChecksum = (checksum: string | undefined): Pick<SuiteTask, "checksum"> =>
  checksum === undefined ? {} : { checksum };

/** Each task, and after it its twin. */
export const tasks: readonly SuiteTask[] = z
  .array(entry)
  .parse(JSON.parse(readFileSync(tasksFile, "utf8")))
  .flatMap(({ name, title, kind, part, checksum, twinChecksum }) => [
    { name, title, kind, part, ...withChecksum(checksum) },
    {
      name: `${name}-twin`,
      title: "its obfuscated copy",
      kind,
      part,
      twinOf: name,
      ...withChecksum(twinChecksum),
    },
  ]);
