import { literalStretches, type Tree } from "../python/syntax.ts";

const entity = /&(?:lt|gt|amp|quot|apos|nbsp|#39|#x27|#34|#x22|#60|#62|#38);/gi;

const characters: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["#39", "'"],
  ["#x27", "'"],
  ["#34", '"'],
  ["#x22", '"'],
  ["#60", "<"],
  ["#62", ">"],
  ["#38", "&"],
]);

/** Reads HTML's entities, once. */
export const withoutEntities = (code: string): string =>
  code.replaceAll(entity, (found) => characters.get(found.slice(1, -1).toLowerCase()) ?? found);

/** Without the tags and marks that pages put between the lines and words of code. */
export const withoutMarkup = (code: string): string =>
  code
    .replaceAll(/<br\s*\/?>\n?/gi, "\n")
    .replaceAll(/<\/?(?:span|font)(?:\s[^<>\n]{0,200})?>|<!\[CDATA\[|\]\]>/gi, "");

/** Whether entities stand outside of strings and comments, where Python would take `a &lt; b` for two statements. */
export const isEscaped = (tree: Tree, code: string): boolean => {
  const places = [...code.matchAll(entity)].map(({ index }) => index);
  if (places.length === 0) return false;
  const literals = literalStretches(tree);
  return places.some((place) => !literals.some(({ from, to }) => from <= place && place < to));
};
