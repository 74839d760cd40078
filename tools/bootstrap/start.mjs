// `npm start`: sets everything up and runs the main job, house-prices with the embedded model, or the config that is named.
import { join } from "node:path";
import { handOver, install, root } from "./toolchain.mjs";

await install();
const given = process.argv.slice(2);
// As `aide run` distinguishes a config from the rest; its sources run only under the project's own Node.
const isConfig = (argument) => /^[^=]+\.(ya?ml|json|[cm]?[jt]s)$/.test(argument);
const config = given.some(isConfig) ? [] : [join(root, "configs/start.yaml")];
handOver([join(root, "packages/cli/bin/aide.mjs"), "run", ...config, ...given]);
