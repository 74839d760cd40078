import { describe, expect, it } from "vitest";
import { python, typescript, type Language } from "../mutants/syntax/languages.ts";
import {
  always,
  assigned,
  call,
  condition,
  drop,
  element,
  first,
  guard,
  inside,
  literal,
  never,
  operand,
  operation,
  property,
  replace,
  returned,
  statement,
  type Operation,
} from "../mutants/operation.ts";
import { read } from "../mutants/source.ts";
import { without } from "../mutants/without.ts";

const take = (takenDownBy: Operation, symbol: string, texts: readonly string[], language: Language = typescript) => {
  const sources = read(texts.map((text, at) => ({ path: `file-${at}`, text, language })));
  return without({ name: "nothing is lost", package: "a", symbol, takenDownBy, tests: [] }, sources);
};

/** Of a function with this body, what it becomes. */
const inFunction = (body: string, takenDownBy: Operation): string => {
  const text = `const f = (a: string, b: Box) => {\n${body}\n};`;
  return take(takenDownBy, "f", [text]).text.split("\n").slice(1, -1).join("\n");
};

describe("an operation", () => {
  it.each<[string, string, Operation, string]>([
    ["drops a statement", "send(a);\nkeep(a);", drop(statement("send")), ";\nkeep(a);"],
    ["drops a guard with what it leads to", "if (b.late) throw tooLate();", drop(guard("tooLate")), ";"],
    ["drops a guard by what it asks", "if (b.late) throw a;", drop(guard("late")), ";"],
    ["drops a loop", "for (const one of b.all) send(one);", drop(statement("for")), ";"],
    ["drops an operand on the right", "return a || b.late;", drop(operand("late")), "return a;"],
    ["drops an operand on the left", "return b.late && (a || c);", drop(operand("late")), "return (a || c);"],
    ["drops an operand in the middle", "return a || b.late || c;", drop(operand("late")), "return a || c;"],
    ["drops a method's call", "return b.all.slice(0, a);", drop(call("slice")), "return b.all;"],
    ["drops a function's call", "return trimmed(a);", drop(call("trimmed")), "return a;"],
    ["drops a property", "send({ a, late: true, b });", drop(property("late")), "send({ a, b });"],
    ["drops the last property", "send({ a, late: true });", drop(property("late")), "send({ a });"],
    ["drops a spread", "send([...b.old, a]);", drop(element("old")), "send([a]);"],
    ["makes a guard never hold", "if (b.late) throw a;", never(guard("late")), "if (false) throw a;"],
    ["makes a guard always hold", "if (b.late) throw a;", always(guard("late")), "if (true) throw a;"],
    ["makes a loop never run", "while (b.late) send(a);", never(condition("late")), "while (false) send(a);"],
    ["leaves the branch that is taken", "return b.late ? a : c;", always(condition("late")), "return a;"],
    ["leaves the branch that is taken else", "return b.late ? a : c + 1;", never(condition("late")), "return (c + 1);"],
    ["decides a value that is returned", "return b.size > 1;", always(returned("size")), "return true;"],
    ["decides an operand", "return a && isLate(b);", never(operand("isLate")), "return a && false;"],
    ["decides a flag", "send({ late: b });", always(property("late")), "send({ late: true });"],
    ["replaces a call by an argument", "send(least(a, b));", replace(call("least"), "$2"), "send(b);"],
    ["turns operands round", "return a < b.late;", replace(operation("<"), "$2 < $1"), "return b.late < a;"],
    ["replaces what is assigned", "const c = b.all;", replace(assigned("all"), "[$1]"), "const c = [b];"],
    ["replaces a literal", 'case_("late");', replace(literal("late"), '"never"'), 'case_("never");'],
    ["names what a method is called on", "b.all.at(a);", replace(call("at"), "$0.at(0)"), "b.all.at(0);"],
    ["names parts of parts", "send([a, b]);", replace(call("send"), "send($1.2)"), "send(b);"],
    ["names a parameter", "send(1);", replace(literal("1"), "$parameter1"), "send(a);"],
    ["takes the innermost", "if (a) { if (b.late) send(a); }", drop(guard("late")), "if (a) { ; }"],
    ["takes the first of several", "send(a); send(b);", drop(first(statement("send"))), "; send(b);"],
  ])("%s", (_, body, takenDownBy, result) => {
    expect(inFunction(body, takenDownBy)).toBe(result);
  });

  it("is looked for inside another place", () => {
    const body = "send(b.all, 1); keep(b.all, 1);";
    expect(inFunction(body, replace(inside(statement("keep"), literal("1")), "2"))).toBe(
      "send(b.all, 1); keep(b.all, 2);",
    );
  });

  it.each<[string, string, Operation, RegExp]>([
    ["a place that is not there", "send(a);", drop(statement("keep")), /no statement that mentions keep/],
    ["a place that is there twice", "send(a); send(b);", drop(statement("send")), /2 places/],
    ["the first of one", "send(a);", drop(first(statement("send"))), /no statement that mentions send/],
    ["a local variable as a landmark", "const c = 1; send(c);", drop(statement("c")), /no statement/],
    [
      "a local variable in a replacement",
      "return b.late;",
      replace(returned("late"), "a"),
      /names the local variable a/,
    ],
    ["a part that is not there", "send(a);", replace(call("send"), "$2"), /\$2/],
  ])("refuses %s, and tells which defence is meant", (_, body, takenDownBy, message) => {
    expect(() => inFunction(body, takenDownBy)).toThrow(message);
    expect(() => inFunction(body, takenDownBy)).toThrow(/"nothing is lost", f of a/);
  });
});

describe("a symbol", () => {
  const box = `export class Box {
  readonly #limit = 3;
  #open(): boolean { return this.#limit > 1; }
  close(): boolean { return this.#limit > 1; }
}
const rules = { strict: { size: 1 }, loose: { size: 2 } };
function plain(): boolean { return rules.strict.size > 1; }`;

  it.each([
    ["Box.#limit", assigned(), "readonly #limit = 0;"],
    ["Box.#open", returned(), "#open(): boolean { return 0; }"],
    ["Box.close", returned(), "close(): boolean { return 0; }"],
    ["rules.loose.size", literal("2"), "loose: { size: 0 }"],
    ["plain", returned(), "function plain(): boolean { return 0; }"],
  ])("may be %s", (symbol, target, result) => {
    expect(take(replace(target, "0"), symbol, [box]).text).toContain(result);
  });

  it("is found in whichever file it lies", () => {
    const { path, text } = take(replace(literal("1"), "2"), "one", ["const two = 2;", "export const one = 1;"]);
    expect([path, text]).toEqual(["file-1", "export const one = 2;"]);
  });

  it("may be in two files, where only one of them has the place", () => {
    expect(take(drop(call("late")), "of", ["const of = now(1);", "const of = late(1);"]).text).toBe("const of = 1;");
  });

  it("is missed when it has another name", () => {
    expect(() => take(drop(call("late")), "of", ["const off = late(1);"])).toThrow(/nothing of this name/);
  });
});

describe("in Python", () => {
  const text = `class Box:
    def close(self, held):
        # é 😀
        if held is None or self.late(held):
            return send(self.all, late=True)
        return "x" in self.all
`;

  it.each<[string, Operation, string]>([
    ["a guard never holds", never(guard("late", "if")), "if False:"],
    ["a keyword argument goes", drop(property("late")), "return send(self.all)"],
    ["an operand goes", drop(operand("late")), "if (held is None):"],
    ["a value is decided", never(returned("in")), "return False\n"],
    ["a statement goes", drop(statement("send")), "            pass\n"],
    ["an argument stays alone", replace(call("late"), "$1"), "if held is None or held:"],
  ])("%s", (_, takenDownBy, result) => {
    expect(take(takenDownBy, "Box.close", [text], python).text).toContain(result);
  });
});
