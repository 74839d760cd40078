import { shortDigest, type Layer } from "@aide-ts/core";

/** Keys that change nothing of the data which scripts of a search see, or of the machine's limits. */
const withoutData = [
  "backend",
  "backends",
  "budget",
  "coder",
  "ensemble",
  "evaluators",
  "prompts",
  "refit",
  "sampling",
  "search",
  "strategies",
];

/** The same for configs whose scripts run on the same data under the same limits: of any key that is not known to be without effect on them, the values agree. */
export const dataKeyOf = (config: Layer): string =>
  shortDigest(Object.fromEntries(Object.entries(config).filter(([key]) => !withoutData.includes(key))));
