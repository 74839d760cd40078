import type { Target } from "./operation.ts";
import { mentions, type Syntax } from "./syntax/syntax.ts";

const innermost = (around: Syntax, target: Target): readonly Syntax[] => {
  const deeper = around.children.flatMap((child) => innermost(child, target));
  const isFit =
    deeper.length === 0 &&
    around.kinds.includes(target.the) &&
    (target.named === undefined || (around.name === target.named && around.isLocal !== true)) &&
    mentions(around, target.mentioning);
  return isFit ? [around] : deeper;
};

/** The places that a target fits, in the order of the text. */
export const placesOf = (around: Syntax, target: Target): readonly Syntax[] => {
  const outer = target.inside === undefined ? [around] : placesOf(around, target.inside);
  const found = outer.flatMap((one) => innermost(one, target));
  if (target.isFirst !== true) return found;
  return found.length > 1 ? found.slice(0, 1) : [];
};
