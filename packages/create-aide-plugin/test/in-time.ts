import { block, good } from "../../cli/test/aide.ts";

/** The package that the scaffold of a strategy called `in-time` is. */
export const inTime = "aide-strategy-in-time";

const slow = "import time\ntime.sleep(60)";

/** A config whose first script runs out of time; the scripted backend lies beside it. */
export const base = `data_dir: ./data
goal: Predict y
eval: RMSE
rehearse: false
exec: { timeout: 4 }
budget: { steps: 1 }
backend: ${JSON.stringify({ use: "./scripted-plugin.mjs", answers: [slow, good].map(block) })}
`;

export const config = `${base}strategies:\n  - use: in-time\n    tries: 1\n`;
