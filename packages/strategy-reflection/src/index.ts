import type { AnyPlugin } from "@aide-ts/plugin";
import { reflection } from "./reflection/reflection.ts";
import { selfDebug } from "./self-debug.ts";
import { staticRepair } from "./static-repair.ts";

export { reflection, selfDebug, staticRepair };
export default [reflection, selfDebug, staticRepair] satisfies readonly AnyPlugin[];
