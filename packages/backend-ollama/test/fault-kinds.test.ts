import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultConformance, ollamaProtocol } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { OllamaBackend } from "../src/index.ts";
import { options } from "../src/options.ts";

faultConformance(
  { describe, it },
  {
    name: "ollama",
    protocol: ollamaProtocol,
    open: (url, patience) => {
      const runFolder = mkdtempSync(join(tmpdir(), "aide-ollama-"));
      return new OllamaBackend(
        options.parse({ url, model: "test-model", firstTokenSeconds: patience, stallSeconds: patience }),
        { runFolder, env: () => undefined, log: () => undefined },
      );
    },
  },
);
