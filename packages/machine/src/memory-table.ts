import { bitsPerWeight, canShare, largestContext, memoryNeeded, type Gpu, type WeightBits } from "@aide-ts/backend-kit";
import type { KnownModel } from "./shape-of.ts";
import { alignedTable, counted } from "@aide-ts/run/report";

/** Share of a GPU that a server takes, as vLLM does without an option. */
const taken = 0.9;
const sharedBy = [1, 2, 4];

export interface TableRow {
  readonly model: KnownModel;
  readonly bits: WeightBits;
  readonly contextTokens: number;
  /** The one that was asked for, among others. */
  readonly chosen: boolean;
}

const shown: Readonly<Record<WeightBits, string>> = { "16bit": "16 bit", "8bit": "8 bit/fp8", "4bit": "4 bit" };

/** The bits that a backend's `quantization` leaves of a weight; `undefined` where it says nothing of it. */
export const bitsOf = (quantization: string | undefined): WeightBits | undefined => {
  if (quantization === undefined) return undefined;
  if (/none|16/.test(quantization)) return "16bit";
  if (/8/.test(quantization)) return "8bit";
  return /4|bitsandbytes|awq|gptq|marlin/.test(quantization) ? "4bit" : undefined;
};

/** Bytes that a server may take of a GPU, where the driver reports it. */
const usable = ({ total, free }: Gpu): readonly number[] =>
  total === undefined || free === undefined ? [] : [Math.min(free, total * taken)];

/** What each row needs, and whether 1, 2 or 4 of the GPUs are enough, the largest first. */
export const memoryTable = (rows: readonly TableRow[], gpus: readonly Gpu[]): readonly string[] => {
  const rooms = gpus.flatMap(usable).sort((a, b) => b - a);
  const counts = sharedBy.filter((count) => count <= rooms.length);
  const cells = [
    ["model", "weights", "context", "needs", ...counts.map((count) => counted(count, "GPU"))],
    ...rows.map((row) => [
      row.model.name,
      `${shown[row.bits]}${row.chosen ? " *" : ""}`,
      row.contextTokens.toLocaleString("en"),
      `${(memoryNeeded(requestOf(row, 1)).total / 1e9).toFixed(1)} GB`,
      ...counts.map((count) => verdict(row, count, rooms[count - 1] ?? 0)),
    ]),
  ];
  return alignedTable(cells);
};

const requestOf = ({ model, bits, contextTokens }: TableRow, gpus: number) => ({
  shape: model.shape,
  bits: bitsPerWeight[bits],
  contextTokens,
  gpus,
});

/** `room`: of the smallest of the GPUs, as each takes an equal share. */
const verdict = (row: TableRow, gpus: number, room: number): string => {
  if (!canShare(row.model.shape, gpus)) return "no: its heads cannot be shared";
  const longest = largestContext(requestOf(row, gpus), room);
  const fits = row.contextTokens <= longest;
  if (longest === 0) return "no";
  return `${fits ? "fits" : "no"}, up to ${longest.toLocaleString("en")}`;
};
