import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { ProcessLauncher } from "./process-launcher.ts";

/** Makes each run of an ablation in a process of its own: what one leaves behind, in memory or on a GPU, the next does not meet. */
export default definePlugin({
  kind: "launcher",
  name: "PLUGIN_NAME",
  summary: "A process for each run.",
  options: z.strictObject({ jobs: z.int().min(1).default(1).describe("Processes at a time.") }),
  create: ({ jobs }, host) => new ProcessLauncher(host.jobs ?? jobs, host),
});
