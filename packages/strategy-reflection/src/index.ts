import type { AnyPlugin } from "@aide-ts/plugin";
import { editWithoutCritique } from "./controls/edit-without-critique.ts";
import { fullRewrite } from "./controls/full-rewrite.ts";
import { oracleCritique } from "./controls/oracle-critique.ts";
import { resample } from "./controls/resample.ts";
import { shamCritique } from "./controls/sham-critique.ts";
import { shuffledCritique } from "./controls/shuffled-critique.ts";
import { panel } from "./panel/panel.ts";
import { findingKinds } from "./reflection/critique.ts";
import { reflection } from "./reflection/reflection.ts";
import { reflexion } from "./reflexion/reflexion.ts";
import { selfDebug } from "./self-debug.ts";
import { selfRefine } from "./self-refine.ts";
import { staticRepair } from "./static-repair.ts";

export {
  editWithoutCritique,
  findingKinds,
  fullRewrite,
  oracleCritique,
  panel,
  reflection,
  reflexion,
  resample,
  selfDebug,
  selfRefine,
  shamCritique,
  shuffledCritique,
  staticRepair,
};
export default [
  staticRepair,
  reflection,
  panel,
  selfDebug,
  selfRefine,
  reflexion,
  shamCritique,
  shuffledCritique,
  editWithoutCritique,
  fullRewrite,
  resample,
  oracleCritique,
] satisfies readonly AnyPlugin[];
