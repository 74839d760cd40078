import type { Node } from "oxc-parser";
import { ancestorsOf, whereIs, type Place, type Source } from "./source.ts";

export const codePattern = /^AIDE_[A-Z0-9_]+$/;

const codeIn = (node: Node): string | undefined => {
  const text =
    node.type === "Literal" ? node.value : node.type === "TemplateLiteral" ? node.quasis[0]?.value.cooked : undefined;
  return typeof text === "string" ? /^AIDE_[A-Z0-9_]+(?=$|\s)/.exec(text)?.[0] : undefined;
};

type Use = "made" | "other" | "named";

/** How a code is used: to make an error with, to compare or name something (judged where the name is used), or in another way. */
const useOf = (place: Place): Use => {
  let node = place.node;
  for (const parent of ancestorsOf(place)) {
    switch (parent.type) {
      case "ConditionalExpression":
        if (parent.test === node) return "other";
        break;
      case "LogicalExpression":
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        break;
      case "Property":
        if (parent.value !== node) return "named";
        return parent.key.type === "Identifier" && parent.key.name === "code" ? "made" : "other";
      case "CallExpression":
      case "NewExpression":
        return parent.arguments[0] === node && parent.arguments.length >= 3 ? "made" : "other";
      case "BinaryExpression":
        return parent.operator === "+" ? "other" : "named";
      case "SwitchCase":
      case "VariableDeclarator":
      case "MemberExpression":
      case "TSLiteralType":
        return "named";
      default:
        return "other";
    }
    node = parent;
  }
  return "other";
};

/** Codes that nothing is known of, with where they are. One that was collected elsewhere may be mentioned, but not made another error with. */
export const unexplained = (
  sources: readonly Source[],
  collected: ReadonlySet<Node>,
  known: ReadonlySet<string>,
): readonly string[] =>
  sources.flatMap((source) =>
    source.nodes.flatMap((node) => {
      const code = codeIn(node);
      if (code === undefined || collected.has(node)) return [];
      const use = useOf({ node, source });
      return use === "named" || (use === "other" && known.has(code)) ? [] : [`${code} at ${whereIs({ node, source })}`];
    }),
  );
