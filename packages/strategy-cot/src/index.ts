import type { AnyPlugin } from "@aide-ts/plugin";
import { bestOfN } from "./best-of-n.ts";
import { budgetForcing } from "./budget-forcing.ts";
import { chainOfDraft } from "./chain-of-draft.ts";
import { codeChain } from "./code-chain.ts";
import { noRepeats } from "./no-repeats.ts";
import { planSearch } from "./plan-search/plan-search.ts";
import { planThenCode } from "./plan-then-code.ts";
import { selfConsistency } from "./self-consistency/self-consistency.ts";
import { skeleton } from "./skeleton.ts";

const plugins: readonly AnyPlugin[] = [
  planThenCode,
  chainOfDraft,
  codeChain,
  skeleton,
  selfConsistency,
  bestOfN,
  planSearch,
  budgetForcing,
  noRepeats,
];

export default plugins;
export {
  bestOfN,
  budgetForcing,
  chainOfDraft,
  codeChain,
  noRepeats,
  planSearch,
  planThenCode,
  selfConsistency,
  skeleton,
};
