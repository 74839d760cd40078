import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultConformance, openAiProtocol } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { OpenAiBackend, options } from "../src/index.ts";

const runFolder = mkdtempSync(join(tmpdir(), "aide-openai-"));

faultConformance(
  { describe, it },
  {
    name: "openai",
    protocol: openAiProtocol,
    open: (url, patience) =>
      new OpenAiBackend(
        options.parse({
          preset: "openai",
          url: `${url}/v1`,
          model: "test-model",
          firstTokenSeconds: patience,
          stallSeconds: patience,
        }),
        { cacheFolder: runFolder, runFolder, env: () => "sk-test", log: () => undefined },
      ),
  },
);
