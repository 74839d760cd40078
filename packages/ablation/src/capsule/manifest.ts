import { createHash } from "node:crypto";
import { z } from "zod";

export const manifestFile = "manifest.json";

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  /** Hash of each file, by its path from the ablation's folder. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.output<typeof manifestSchema>;

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
