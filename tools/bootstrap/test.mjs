// `npm test`: sets everything up and runs the test suite.
import { join } from "node:path";
import { handOver, install, root } from "./toolchain.mjs";

await install();
handOver([join(root, "node_modules/vitest/vitest.mjs"), "run", ...process.argv.slice(2)]);
