import { readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { cellEnding } from "./ending.ts";

const schema = z.object({
  task: z.string(),
  arm: z.string(),
  seed: z.number().int(),
  /** How each attempt ended, the last one last. */
  attempts: z.array(cellEnding),
});

/** `cell.json`: what became of a cell. */
export type CellRecord = z.output<typeof schema>;

const file = "cell.json";

/** Nothing where the cell was not begun, or its record cannot be read: it is made again. */
export const readCellRecord = async (folder: string): Promise<CellRecord | undefined> => {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, file), "utf8")));
  } catch {
    return undefined;
  }
};

export const writeCellRecord = (folder: string, record: CellRecord): Promise<void> =>
  writeFileAtomic(join(folder, file), `${JSON.stringify(record, null, 2)}\n`);

/** Whether nothing more is to be done for a cell: it ended as meant, failed by its own doing, or too often by others'. */
export const isSettled = ({ attempts }: CellRecord, retries: number): boolean => {
  const last = attempts.at(-1);
  if (last === undefined || last.kind === "stopped") return false;
  if (last.kind === "finished" || last.cause !== "infrastructure") return true;
  return attempts.filter((one) => one.kind === "failed" && one.cause === "infrastructure").length > retries;
};
