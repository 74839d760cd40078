import { childrenOf } from "./nodes.ts";
import { syntaxOf, type SyntaxNode } from "./syntax.ts";

/** A function at the top level of a script. Places are characters of the script. */
export interface PythonFunction {
  readonly name: string;
  readonly from: number;
  /** Behind its last statement. */
  readonly to: number;
  readonly source: string;
  /** Its `def` line or lines, docstring included where it has one, without what follows. */
  readonly head: string;
  /** The statements between head and last `return`, as they stand there, with their indentation. */
  readonly body: string;
  /** What its last statement returns; `undefined` where that is no `return`. */
  readonly returned: string | undefined;
  /** The name that is called there, as `Ridge` of `return Ridge(alpha=1)`. */
  readonly called: string | undefined;
}

/** A function that takes the place of another one, and the import statements that it needs. */
export interface WrittenFunction {
  readonly code: string;
  readonly imports: readonly string[];
}

/** The functions that a script defines at its top level, in order; none where CPython would very likely refuse it. */
export const functionsOf = (code: string): readonly PythonFunction[] =>
  topLevelOf(code).flatMap((node) => {
    const definition = node.name === "FunctionDefinition" ? functionAt(node, code) : undefined;
    return definition === undefined ? [] : [definition];
  });

/** The last one of this name, which is the one that is called. */
export const functionNamed = (code: string, name: string): PythonFunction | undefined =>
  functionsOf(code).findLast((one) => one.name === name);

/** The import statements at a script's top level, as they are written. */
export const importsOf = (code: string): readonly string[] =>
  topLevelOf(code).flatMap(({ name, from, to }) => (name === "ImportStatement" ? [code.slice(from, to).trim()] : []));

/** The script with a function written anew, and what it imports at the top. */
export const withFunction = (
  code: string,
  { from, to }: PythonFunction,
  { code: written, imports }: WrittenFunction,
): string => {
  const known = new Set(importsOf(code));
  const added = imports.filter((line) => !known.has(line) && !line.startsWith("from __future__"));
  return [...added, `${code.slice(0, from)}${written}${code.slice(to)}`].join("\n");
};

const functionAt = (node: SyntaxNode, code: string): PythonFunction | undefined => {
  const [name, body] = [node.getChild("VariableName"), node.getChild("Body")];
  if (name === null || body === null) return undefined;
  const [colon, ...statements] = childrenOf(body).filter(({ name: kind }) => kind !== "Comment");
  const last = statements.at(-1);
  if (colon === undefined || last === undefined) return undefined;
  const [first] = statements;
  const docstring = first?.name === "ExpressionStatement" && first.firstChild?.name === "String" ? first : colon;
  const isReturn = last.name === "ReturnStatement";
  const value = isReturn ? childrenOf(last).find((child) => child.name !== "return") : undefined;
  const called = value?.name === "CallExpression" ? value.firstChild : undefined;
  return {
    name: textOf(name, code),
    from: node.from,
    to: last.to,
    source: code.slice(node.from, last.to),
    head: code.slice(node.from, docstring.to),
    body: code.slice(docstring.to, isReturn ? last.from : last.to).replace(/^[ \t]*\n|[ \t]*$/g, ""),
    returned: value === undefined ? undefined : code.slice(value.from, last.to).trim(),
    called: called?.name === "VariableName" ? textOf(called, code) : undefined,
  };
};

const topLevelOf = (code: string): readonly SyntaxNode[] => {
  const tree = syntaxOf(code);
  return tree === undefined ? [] : childrenOf(tree.topNode);
};

const textOf = ({ from, to }: SyntaxNode, code: string): string => code.slice(from, to);
