import type { Kind } from "./syntax.ts";

/** How a node of the parser is read; the fields are its own. */
export interface Shape {
  readonly kinds?: readonly Kind[];
  readonly keyword?: string;
  /** The field whose identifier names it. */
  readonly named?: string;
  /** That identifier may be a variable's; else it is a member's or a key. */
  readonly names?: "variable";
  readonly parts?: readonly string[];
  /** What a field holds is this to the node. */
  readonly roles?: Readonly<Record<string, Kind>>;
}

const simple = (keyword: string): Shape => ({ kinds: ["statement"], keyword });
const operation: Shape = {
  kinds: ["operation"],
  parts: ["left", "right"],
  roles: { left: "operand", right: "operand" },
};
const branches = ["test", "consequent", "alternate"];
const called: Shape = { kinds: ["call"], named: "callee", names: "variable", parts: ["arguments"] };
const member: Shape = { kinds: ["declaration"], named: "key", parts: ["value"], roles: { value: "assigned" } };
const plainFunction: Shape = { kinds: ["function"], parts: ["params"] };

export const shapes: Readonly<Record<string, Shape>> = {
  IfStatement: { kinds: ["statement", "guard", "condition"], keyword: "if", parts: branches },
  ConditionalExpression: { kinds: ["condition"], keyword: "?:", parts: branches },
  WhileStatement: { kinds: ["statement", "condition"], keyword: "while", parts: ["test"] },
  ForStatement: { kinds: ["statement", "condition"], keyword: "for", parts: ["test"] },
  ForOfStatement: simple("for"),
  ForInStatement: simple("for"),
  TryStatement: simple("try"),
  SwitchStatement: simple("switch"),
  ContinueStatement: simple("continue"),
  BreakStatement: simple("break"),
  ThrowStatement: { ...simple("throw"), parts: ["argument"] },
  ReturnStatement: { ...simple("return"), parts: ["argument"], roles: { argument: "returned" } },
  ExpressionStatement: { kinds: ["statement"] },
  VariableDeclaration: { kinds: ["statement"] },
  ClassDeclaration: { kinds: ["declaration"], named: "id", names: "variable" },
  FunctionDeclaration: { ...plainFunction, kinds: ["declaration", "function"], named: "id", names: "variable" },
  FunctionExpression: plainFunction,
  ArrowFunctionExpression: { ...plainFunction, roles: { body: "returned" } },
  PropertyDefinition: member,
  MethodDefinition: member,
  VariableDeclarator: { named: "id", names: "variable", parts: ["init"], roles: { init: "assigned" } },
  AssignmentExpression: { parts: ["left", "right"], roles: { right: "assigned" } },
  LogicalExpression: operation,
  BinaryExpression: operation,
  UnaryExpression: { parts: ["argument"] },
  AwaitExpression: { keyword: "await", parts: ["argument"] },
  CallExpression: called,
  NewExpression: called,
  MemberExpression: { named: "property", parts: ["object"] },
  ObjectExpression: { parts: ["properties"] },
  Property: { kinds: ["property"], named: "key", parts: ["value"] },
  ArrayExpression: { parts: ["elements"], roles: { elements: "element" } },
  SpreadElement: { kinds: ["element"], parts: ["argument"] },
  Literal: { kinds: ["literal"] },
  TemplateElement: { kinds: ["literal"] },
};
