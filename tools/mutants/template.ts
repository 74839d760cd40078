import { within, type Syntax } from "./syntax/syntax.ts";

const partAt = (place: Syntax, path: string): Syntax | undefined =>
  path
    .split(".")
    .reduce<Syntax | undefined>((at, digit) => (digit === "0" ? at?.receiver : at?.parts[Number(digit) - 1]), place);

const parameterName = (declaration: Syntax, number: number): string | undefined => {
  const called = [...within(declaration)].find(({ kinds }) => kinds.includes("function"));
  return called?.parts[number - 1]?.name;
};

/** What stands in quotes, keys and members are no variables. */
const checkNames = (template: string, declaration: Syntax): void => {
  const bare = template.replaceAll(/"[^"]*"|'[^']*'/g, "");
  const names = new Set(bare.match(/(?<![\w$.#])[A-Za-z_]\w*\b(?!\s*:)/g));
  for (const { name, isLocal } of within(declaration))
    if (isLocal === true && name !== undefined && names.has(name))
      throw new Error(`${template} names the local variable ${name}, which may be renamed at will.`);
};

/**
 * A template with the parts of a place filled in, as `Operation` describes it. `declaration`: what the place lies in.
 * @throws Error for a part that the place does not have, and for a local variable by name.
 */
export const filled = (template: string, text: string, place: Syntax, declaration: Syntax): string => {
  checkNames(template, declaration);
  return template.replaceAll(/\$(?:parameter(\d)|(\d(?:\.\d)*))/g, (reference, number?: string, path?: string) => {
    const part = path === undefined ? undefined : partAt(place, path);
    const written = part ? text.slice(part.start, part.end) : parameterName(declaration, Number(number));
    if (written === undefined) throw new Error(`${template} names ${reference}, which is not there.`);
    return written;
  });
};
