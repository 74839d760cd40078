import type { AnyPlugin } from "@aide-ts/plugin";
import { tune } from "./tune.ts";

const plugins: readonly AnyPlugin[] = [tune];

export default plugins;
export { tune };
