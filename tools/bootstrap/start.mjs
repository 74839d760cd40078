// `npm start`: sets everything up and runs the main job, house-prices with the embedded model.
import { join } from "node:path";
import { handOver, install, root } from "./toolchain.mjs";

await install();
handOver([
  join(root, "packages/cli/bin/aide.mjs"),
  "run",
  join(root, "configs/house-prices.yaml"),
  ...process.argv.slice(2),
]);
