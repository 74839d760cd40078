import { functionsOf, importsOf, withFunction, type PythonFunction } from "@aide-ts/answer";

/** A script with one function of another one. */
export interface Recombined {
  readonly function: string;
  readonly code: string;
}

/**
 * What a script becomes with a function of another one in place of its own, for each function that can change places: with the same parameters, and without calls
 * of functions that the script does not have. None where the scripts differ in fewer than two functions, since one of them would become the other. `undefined` where
 * they differ outside of functions, imports and comments too, so that they are no two forms of one script.
 */
export const recombinations = (code: string, other: string): readonly Recombined[] | undefined => {
  const [own, others] = [functionsOf(code), functionsOf(other)];
  if (own.length === 0 || frameOf(code, own) !== frameOf(other, others)) return undefined;
  const names = new Set(own.map(({ name }) => name));
  const absent = others.flatMap(({ name }) => (names.has(name) ? [] : [name]));
  const differing = own.flatMap((before) => {
    const taken = others.find(({ name, source }) => name === before.name && source !== before.source);
    return taken === undefined ? [] : [{ before, taken }];
  });
  if (differing.length < 2) return [];
  return differing
    .filter(({ before, taken }) => parametersOf(before) === parametersOf(taken) && !mentions(taken, absent))
    .map(({ before, taken }) => {
      const imports = importsOf(other).filter((statement) => mentions(taken, boundBy(statement)));
      return { function: before.name, code: withFunction(code, before, { code: taken.source, imports }) };
    });
};

/** What stands outside of functions, imports and comments. */
const frameOf = (code: string, functions: readonly PythonFunction[]): string => {
  const without = functions.toReversed().reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), code);
  return importsOf(code)
    .reduce((rest, statement) => rest.replace(statement, ""), without)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .join("\n");
};

const parametersOf = ({ source }: PythonFunction): string | undefined => /^def \w+\(([^)]*)\)/.exec(source)?.[1];

/** The names that an import statement may bind. */
const boundBy = (statement: string): readonly string[] => statement.replace(/^.*?\bimport\b/s, "").match(/\w+/g) ?? [];

const mentions = ({ source }: PythonFunction, names: readonly string[]): boolean => {
  const words = new Set(source.match(/\w+/g));
  return names.some((name) => words.has(name));
};
