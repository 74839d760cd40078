import type { Defence } from "./defence.ts";
import { mutated } from "./mutate.ts";
import type { Target } from "./operation.ts";
import { placesOf } from "./places.ts";
import type { Source, SourceFile } from "./source.ts";
import { declarationsOf } from "./syntax/syntax.ts";

const described = ({ the, named, mentioning, inside }: Target): string =>
  [
    the,
    ...(named === undefined ? [] : [named]),
    ...(mentioning.length === 0 ? [] : [`that mentions ${mentioning.join(", ")}`]),
    ...(inside === undefined ? [] : [`inside a ${described(inside)}`]),
  ].join(" ");

const changed = ({ symbol, takenDownBy }: Defence, sources: readonly Source[]): SourceFile => {
  const declared = sources.flatMap((source) =>
    declarationsOf(source.syntax, symbol.split(".")).map((declaration) => ({ source, declaration })),
  );
  if (declared.length === 0) throw new Error("There is nothing of this name.");
  const { target } = takenDownBy;
  const [found, ...others] = declared.flatMap((one) =>
    placesOf(one.declaration, target).map((place) => ({ ...one, place })),
  );
  if (found === undefined) throw new Error(`There is no ${described(target)}.`);
  if (others.length > 0)
    throw new Error(`There are ${others.length + 1} places, where one is meant: ${described(target)}.`);
  const { source, declaration, place } = found;
  const { path, text, language } = source;
  return { path, text: mutated(takenDownBy, { text, spelling: language.spelling, declaration, place }), language };
};

/**
 * The file that holds a defence, without it. `sources`: those of the defence's package.
 * @throws Error where the symbol or the place is not there, or is there twice.
 */
export const without = (defence: Defence, sources: readonly Source[]): SourceFile => {
  try {
    return changed(defence, sources);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const { name, symbol, package: where } = defence;
    throw new Error(`Of the defence "${name}", ${symbol} of ${where}: ${reason}`, { cause });
  }
};
