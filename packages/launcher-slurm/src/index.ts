import { definePlugin } from "@aide-ts/plugin";
import { options } from "./options.ts";
import { SlurmLauncher } from "./slurm-launcher.ts";

export type { SlurmOptions } from "./options.ts";

export default definePlugin({
  kind: "launcher",
  name: "slurm",
  summary: "Jobs of a Slurm cluster.",
  options,
  create: (given, host) => new SlurmLauncher(given, host),
});
