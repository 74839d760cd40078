/**
 * Python in the words of the grammar, place for place: it does not know numbers that end with their dot, a `yield` of nothing, or patterns of a class
 * without arguments. What changes inside strings is not looked at.
 */
export const inGrammar = (code: string): string =>
  code
    .replaceAll(/(?<![\w.])(\d[\d_]*)\.(?![\d._]|[A-Za-df-ik-z])/g, "$10")
    .replaceAll(/\byield(?=[ \t]*(?:\)|#|\r?$))/gm, "None ")
    .replaceAll(/^([ \t]*case\s[\w.]+)\(\)/gm, "$1  ");
