import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultConformance, openAiProtocol } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { options, VllmBackend } from "../src/index.ts";

/** What the servers would be probed for first is known already. */
const probed = (url: string): string => {
  const runFolder = mkdtempSync(join(tmpdir(), "aide-vllm-"));
  const found = { [`${url}/v1 undefined test-model thoughts`]: { splits: false, budgets: false } };
  writeFileSync(join(runFolder, "probes.json"), JSON.stringify(found));
  return runFolder;
};

faultConformance(
  { describe, it },
  {
    name: "vllm",
    protocol: openAiProtocol,
    open: (url, patience) => {
      const runFolder = probed(url);
      return new VllmBackend(
        options.parse({ url, model: "test-model", firstTokenSeconds: patience, stallSeconds: patience }),
        { cacheFolder: runFolder, runFolder, env: () => undefined, log: () => undefined },
      );
    },
  },
);
