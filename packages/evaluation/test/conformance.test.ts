import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvaluatorHost } from "@aide-ts/plugin";
import { evaluatorConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { heldOut, reported, review } from "../src/index.ts";

const keys = Array.from({ length: 20 }, (_, at) => String(at));

const host: EvaluatorHost = {
  cacheFolder: "",
  runFolder: mkdtempSync(join(tmpdir(), "aide-evaluation-")),
  env: () => undefined,
  log: () => undefined,
  task: { goal: "predict y", metric: "rmse", direction: "minimize" },
  submission: { columns: ["id", "y"], id: ["id"], keys, kind: "value", targets: ["y"] },
  heldOut: {
    truth: new Map(keys.map((key, at) => [key, [String(at * 2)]])),
    train: Array.from({ length: 50 }, (_, at) => [String(at)]),
  },
};

const submission = (value: (at: number) => number | string): string =>
  `id,y\n${keys.map((key, at) => `${key},${value(at)}`).join("\n")}\n`;

const subjects = [
  { what: "good predictions", files: { "submission/submission.csv": submission((at) => at * 2 + 0.1) } },
  { what: "predictions in ./working", files: { "working/submission.csv": submission((at) => at) } },
  { what: "predictions that are missing", files: { "submission/submission.csv": submission(() => "") } },
  { what: "infinite predictions", files: { "submission/submission.csv": submission(() => "1e400") } },
  { what: "a report of its own", output: "training\nvalidation score: 0.25\n" },
];

const shared = {
  host,
  subjects,
  reply: () => '{"failed": false, "summary": "It fits.", "metric": 0.3}',
};

evaluatorConformance({ describe, it }, { ...shared, plugin: heldOut, options: { race: true, seconds: 60 } });
for (const plugin of [reported, review]) evaluatorConformance({ describe, it }, { ...shared, plugin, options: {} });
