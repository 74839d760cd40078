import writeFileAtomic from "write-file-atomic";
import { csvOf } from "../csv.ts";
import type { Reference } from "./reference.ts";

/** Writes the references of a task as `readReferences` reads them, digit by digit; none or all of them. */
export const writeReferences = async (path: string, references: readonly Reference[]): Promise<void> => {
  const rows = references.map(({ name, family, value, error }) => [
    name,
    family,
    String(value),
    Number.isNaN(error) ? "" : String(error),
  ]);
  await writeFileAtomic(path, Buffer.from(csvOf({ header: ["name", "family", "value", "error"], rows })));
};
