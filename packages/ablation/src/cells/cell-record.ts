import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { textIfThere } from "../folder/text-if-there.ts";
import { cellEnding, isOfInfrastructure } from "./ending.ts";

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

/** Nothing where the cell was not begun, or its record is damaged: it is made again. */
export const readCellRecord = async (folder: string): Promise<CellRecord | undefined> => {
  const text = textIfThere(join(folder, file));
  try {
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** The record of a cell for which nothing more is to be done; nothing for others. */
export const readSettled = async (folder: string, retries: number): Promise<CellRecord | undefined> => {
  const record = await readCellRecord(folder);
  return record !== undefined && isSettled(record, retries) ? record : undefined;
};

export const writeCellRecord = (folder: string, record: CellRecord): Promise<void> =>
  writeFileAtomic(join(folder, file), `${JSON.stringify(record, null, 2)}\n`);

/** Whether nothing more is to be done for a cell: it ended as meant, failed by its own doing, or too often by others'. */
export const isSettled = ({ attempts }: CellRecord, retries: number): boolean => {
  const last = attempts.at(-1);
  if (last === undefined || last.kind === "stopped") return false;
  return !isOfInfrastructure(last) || attempts.filter(isOfInfrastructure).length > retries;
};
