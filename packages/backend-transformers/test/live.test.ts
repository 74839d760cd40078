import { mkdtempSync } from "node:fs";
import { tmpdir, homedir } from "node:os";
import { join } from "node:path";
import { backendConformance } from "@aide-ts/testing";
import { describe, it, afterAll } from "vitest";
import { options, TransformersBackend } from "../src/index.ts";

const runFolder = mkdtempSync(join(tmpdir(), "aide-transformers-"));
const backend = new TransformersBackend(
  options.parse({
    path: "/tmp/live-scratch/smol",
    contextTokens: 512,
    serve: { python: join(homedir(), ".cache/aide/live/vllm/bin/python"), env: { OMP_NUM_THREADS: "1" } },
  }),
  { cacheFolder: runFolder, runFolder, env: (name) => process.env[name], log: (line) => console.log(line) },
);
afterAll(() => backend[Symbol.asyncDispose]());
backendConformance(
  { describe, it },
  { name: "transformers", open: async () => backend, close: async () => {}, tokens: 24 },
);
