import { strategyConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { staticRepair } from "../src/static-repair.ts";

strategyConformance(
  { describe, it },
  {
    plugin: staticRepair,
    options: { keywords: false, sample: false, rows: false, again: 2 },
    // Scripts whose number is even lack an import.
    run: ({ files }) => {
      const code = files?.["candidate.py"];
      if (code === undefined) return { output: "ran" };
      const repaired = /[02468]\n/.test(code)
        ? { code: `import os\n${code}`, added: ["import os"], unresolved: [] }
        : { code, added: [], unresolved: [] };
      return { output: `static-repair:${JSON.stringify(repaired)}\n` };
    },
  },
);
