import type { Node } from "oxc-parser";
import type { KnownError } from "./known-error.ts";
import type { Source } from "./source.ts";
import { placeholder } from "./texts.ts";

const printed = /^(AIDE_[A-Z0-9_]+) {2}(.+)\n {2}fix {2}(.+)$/;

/** Errors that are written out as the terminal shows them. Nobody threw them as an `AideError`, so they are ours. */
export const printedErrors = (source: Source, literals: Set<Node>): readonly KnownError[] =>
  source.nodes.flatMap((node) => {
    if (node.type !== "TemplateLiteral") return [];
    const text = node.quasis.map(({ value }) => value.cooked ?? value.raw).join(placeholder);
    const [, code, message, fix] = printed.exec(text) ?? [];
    if (code === undefined || message === undefined || fix === undefined) return [];
    literals.add(node);
    return [{ code, fault: "internal", package: source.package, messages: [message], fixes: [fix] }];
  });
