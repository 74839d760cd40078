import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultConformance, openAiProtocol } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { options, TransformersBackend } from "../src/index.ts";

/** A model's folder; without a tokenizer the server renders. */
const path = mkdtempSync(join(tmpdir(), "aide-transformers-"));
writeFileSync(join(path, "config.json"), JSON.stringify({ max_position_embeddings: 8192 }));

faultConformance(
  { describe, it },
  {
    name: "transformers",
    protocol: openAiProtocol,
    open: (url, patience) =>
      new TransformersBackend(options.parse({ url, path, firstTokenSeconds: patience, stallSeconds: patience }), {
        cacheFolder: path,
        runFolder: path,
        env: () => undefined,
        log: () => undefined,
      }),
  },
);
