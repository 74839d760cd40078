import writeFileAtomic from "write-file-atomic";
import type { Reference } from "./reference.ts";

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Writes the references of a task as `readReferences` reads them, digit by digit; none or all of them. */
export const writeReferences = async (path: string, rows: readonly Reference[]): Promise<void> => {
  const lines = rows.map(({ name, family, value, error }) =>
    [name, family, String(value), Number.isNaN(error) ? "" : String(error)].map(cell).join(","),
  );
  await writeFileAtomic(path, ["name,family,value,error", ...lines, ""].join("\n"));
};
