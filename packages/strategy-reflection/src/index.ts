import type { AnyPlugin } from "@aide-ts/plugin";
import { staticRepair } from "./static-repair.ts";

export { staticRepair };
export default [staticRepair] satisfies readonly AnyPlugin[];
