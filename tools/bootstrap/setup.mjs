// `npm run setup`: packages, Python environment and embedded model, without running anything.
import { join } from "node:path";
import { handOver, install, root } from "./toolchain.mjs";

await install();
handOver([join(root, "packages/cli/bin/aide.mjs"), "setup"]);
