import { strategyConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { tune } from "../src/index.ts";

strategyConformance(
  { describe, it },
  {
    plugin: tune,
    options: { seconds: 5, tries: 3, every: 2 },
    // Scripts whose number is even have hyperparameters to be found.
    run: ({ files }) => {
      const code = files?.["candidate.py"];
      if (code === undefined) return { output: "ran" };
      const found = /[02468]\n/.test(code)
        ? { kind: "tuned", code: `tuned = 1\n${code}`, tried: 3, before: 1, after: 2 }
        : { kind: "none", why: "none of 3 was better" };
      return { output: `tune:${JSON.stringify(found)}\n` };
    },
  },
);
