import { searchConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { greedy } from "../src/greedy.ts";

searchConformance(
  { describe, it },
  { plugin: greedy, options: { drafts: 3, debugProbability: 0.5, maxDebugDepth: 2, memory: 4 } },
);
