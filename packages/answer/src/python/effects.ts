import { fileNames, fileUse } from "./calls.ts";
import type { SyntaxNode, Tree } from "./syntax.ts";

/** What a stretch of code does by itself, and the names by which it may do more. */
interface Deeds {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly names: ReadonlySet<string>;
}

export interface Effects {
  /** At the module's level: when the script runs. */
  readonly module: Deeds;
  /** Of functions and classes of the module's level: when they are called. */
  readonly functions: ReadonlyMap<string, Deeds>;
  /** The module's level does more than define. */
  readonly runs: boolean;
  /** Names of files that it leaves for later code. */
  readonly saves: ReadonlySet<string>;
  /** Names of files that it reads and did not save before. */
  readonly opens: ReadonlySet<string>;
}

export const effectsOf = (tree: Tree, code: string): Effects => {
  const reader = new EffectReader(code);
  reader.visit(tree.topNode, undefined);
  return reader;
};

/** Whether the script writes a file when it runs, itself or by a function that it comes to call. */
export const writesWhenRun = (all: readonly Effects[]): boolean => anyReached(all, ({ writes }) => writes);

export const readsWhenRun = (all: readonly Effects[]): boolean => anyReached(all, ({ reads }) => reads);

const anyReached = (all: readonly Effects[], does: (deeds: Deeds) => boolean): boolean => {
  const seen = new Set<string>();
  const open = all.map(({ module }) => module);
  for (let deeds = open.pop(); deeds !== undefined; deeds = open.pop()) {
    if (does(deeds)) return true;
    for (const name of deeds.names) {
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...all.flatMap(({ functions }) => functions.get(name) ?? []));
    }
  }
  return false;
};

const definitions: ReadonlySet<string> = new Set(["FunctionDefinition", "ClassDefinition"]);
const acting: ReadonlySet<string> = new Set(
  "CallExpression AssertStatement ForStatement WhileStatement WithStatement RaiseStatement DeleteStatement".split(" "),
);

class Gathered implements Deeds {
  reads = false;
  writes = false;
  readonly names = new Set<string>();
}

class EffectReader implements Effects {
  readonly module = new Gathered();
  readonly functions = new Map<string, Gathered>();
  readonly saves = new Set<string>();
  readonly opens = new Set<string>();
  runs = false;
  readonly #code: string;

  constructor(code: string) {
    this.#code = code;
  }

  /** `definition`: the one of the module's level that the node belongs to. */
  visit(node: SyntaxNode, definition: Gathered | undefined): void {
    const deeds = definition ?? this.module;
    if (node.name === "VariableName") deeds.names.add(this.#code.slice(node.from, node.to));
    if (node.name === "CallExpression") this.#use(node, deeds);
    if (definition === undefined && acting.has(node.name)) this.runs = true;
    const inner = definition ?? (definitions.has(node.name) ? this.#definition(node) : undefined);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) this.visit(child, inner);
  }

  #definition(node: SyntaxNode): Gathered {
    const name = node.getChild("VariableName");
    const gathered = new Gathered();
    if (name !== null) this.functions.set(this.#code.slice(name.from, name.to), gathered);
    return gathered;
  }

  #use(call: SyntaxNode, deeds: Gathered): void {
    const use = fileUse(call, this.#code);
    if (use === "read") deeds.reads = true;
    if (use === "write") deeds.writes = true;
    if (use === "none") return;
    for (const file of fileNames(call, this.#code)) {
      if (use !== "read") this.saves.add(file);
      else if (!this.saves.has(file)) this.opens.add(file);
    }
  }
}
