import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultConformance, openAiProtocol } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { options, VllmBackend } from "../src/index.ts";

faultConformance(
  { describe, it },
  {
    name: "vllm",
    protocol: openAiProtocol,
    open: (url, patience) => {
      const runFolder = mkdtempSync(join(tmpdir(), "aide-vllm-"));
      return new VllmBackend(
        options.parse({ url, model: "test-model", firstTokenSeconds: patience, stallSeconds: patience }),
        { cacheFolder: runFolder, runFolder, env: () => undefined, log: () => undefined },
      );
    },
  },
);
