import { parseSync, type Node } from "oxc-parser";
import { isNode } from "./nodes.ts";
import { bindingsIn } from "./bindings.ts";
import type { Kind, Syntax } from "./syntax.ts";
import { shapes, type Shape } from "./typescript-shapes.ts";

const nameOf = (node: Node): string | undefined => {
  if (node.type === "Identifier") return node.name;
  if (node.type === "PrivateIdentifier") return `#${node.name}`;
  if (node.type === "TemplateElement") return node.value.cooked ?? node.value.raw;
  if ("operator" in node) return node.operator;
  if (node.type === "Literal") return "regex" in node ? node.regex.pattern : String(node.value);
  return undefined;
};

/** Types say nothing of what a program does, but for what a cast holds. */
const isType = (node: Node): boolean => node.type.startsWith("TS") && !("expression" in node);

/** Fields and what they hold, in the order of the text. */
const childrenOf = (node: Node): readonly (readonly [string, Node])[] =>
  Object.entries(node)
    .flatMap(([field, value]: [string, unknown]) =>
      [value].flat().flatMap((child) => (isNode(child) && !isType(child) ? [[field, child] as const] : [])),
    )
    .toSorted(([, a], [, b]) => a.start - b.start);

/** The child that a node is named by: it tells nothing beside that, but for what a method is called on. */
const keyOf = (node: Node, { named }: Shape): Node | undefined => {
  if ("computed" in node && node.computed) return undefined;
  const key = childrenOf(node).find(([field]) => field === named)?.[1];
  if (key?.type === "MemberExpression") return key.computed ? undefined : key;
  return key !== undefined && nameOf(key) !== undefined ? key : undefined;
};

/** Reads a node in which `locals` are variables. `role`: what it is to the one around it. */
const read = (node: Node, locals: ReadonlySet<string>, role?: Kind): Syntax => {
  const shape = shapes[node.type] ?? {};
  const { kinds = [], roles = {}, parts = [] } = shape;
  const key = keyOf(node, shape);
  const method = key?.type === "MemberExpression" ? key : undefined;
  const name = shape.keyword ?? nameOf(method?.property ?? key ?? node);
  const isVariable = node.type === "Identifier" || (key?.type === "Identifier" && shape.names === "variable");
  const receiver = method && read(method.object, locals);
  const children = childrenOf(node)
    .filter(([, child]) => child !== key)
    .map(([field, child]) => ({
      field,
      syntax: read(child, locals, child.type === "BlockStatement" ? undefined : roles[field]),
    }));
  return {
    kinds: role === undefined ? kinds : [...kinds, role],
    start: node.start,
    end: node.end,
    ...(name !== undefined && { name, isLocal: isVariable && locals.has(name) }),
    children: [...(receiver === undefined ? [] : [receiver]), ...children.map(({ syntax }) => syntax)],
    parts: children.filter(({ field }) => parts.includes(field)).map(({ syntax }) => syntax),
    ...(receiver && { receiver }),
  };
};

const declarationsIn = (statement: Node): readonly Syntax[] => {
  const own = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  if (own?.type === "VariableDeclaration")
    return own.declarations.map((one) => ({
      ...read(one, new Set(one.init === null ? [] : bindingsIn(one.init))),
      kinds: ["declaration"],
    }));
  if (own?.type !== "FunctionDeclaration" && own?.type !== "ClassDeclaration") return [];
  return [read(own, new Set(bindingsIn(own).filter((name) => name !== own.id?.name)))];
};

/**
 * What a TypeScript file declares.
 * @throws Error for a text that cannot be parsed.
 */
export const readTypeScript = (text: string): Syntax => {
  const { program, errors } = parseSync("text.ts", text, { preserveParens: false });
  if (errors.length > 0) throw new Error(`It cannot be parsed: ${errors.map(({ message }) => message).join("; ")}`);
  const { start, end, body } = program;
  return { kinds: [], start, end, children: body.flatMap(declarationsIn), parts: [] };
};
