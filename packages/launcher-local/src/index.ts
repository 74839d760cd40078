import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { LocalLauncher } from "./local-launcher.ts";

export default definePlugin({
  kind: "launcher",
  name: "local",
  summary: "Processes on this machine.",
  options: z.strictObject({
    jobs: z
      .number()
      .int()
      .min(1)
      .default(1)
      .describe("Processes at a time. A model that runs in the process itself needs memory in each of them."),
  }),
  create: ({ jobs }, host) => new LocalLauncher(host.jobs ?? jobs, host),
});
