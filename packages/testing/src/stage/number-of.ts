import { createHash } from "node:crypto";

/** A number that follows from a text: the same in every process. */
export const numberOf = (text: string): number =>
  Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16);
