interface Open {
  readonly isBlock: boolean;
  indentation: string | undefined;
}

const blocks: ReadonlySet<string> = new Set(["Script", "Body", "MatchBody"]);

/** Follows a walk through a syntax tree: the statements of a block that begin their lines stand in one column, those of a script in the first. */
export class Indentations {
  readonly #code: string;
  readonly #open: Open[] = [];

  constructor(code: string) {
    this.#code = code;
  }

  /** Whether the node may stand where it does. */
  enter(name: string, from: number): boolean {
    const parent = this.#open.at(-1);
    this.#open.push({ isBlock: blocks.has(name), indentation: name === "Script" ? "" : undefined });
    if (parent?.isBlock !== true || name === "Comment") return true;
    const before = this.#code.slice(this.#code.lastIndexOf("\n", from - 1) + 1, from);
    if (before.trim() !== "") return true;
    parent.indentation ??= before;
    return before === parent.indentation;
  }

  leave(): void {
    this.#open.pop();
  }
}
