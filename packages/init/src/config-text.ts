import { Document, isScalar, type Pair, type Scalar } from "yaml";
import { merge, type Layer } from "@aide-ts/core";

export interface FirstConfig {
  /** For editors; a path from the file's folder, or an address. */
  readonly schema: string;
  /** Of the task and the model, and what was given by hand, in the order in which they are written. */
  readonly keys: Layer;
  /** Why a key has its value, by its name. */
  readonly because: Readonly<Record<string, string>>;
  /** Whether rows are held back, which the recommended way of searching needs. */
  readonly heldBack: boolean;
}

/**
 * What is recommended where labelled rows can be held back; docs/results/start.md has what it reaches.
 * The keys that are written out can be changed one at a time, as those of a file that is extended cannot be seen.
 */
export const recommended = {
  coder: { form: "blocks" },
  holdout: { folds: "auto" },
  ensemble: "greedy",
  search: { use: "greedy", drafts: 6 },
  strategies: ["no-repeats", "tune", { use: "static-repair", keywords: true, sample: true, rows: true }],
} as const satisfies Layer;

const comments: Readonly<Record<string, string>> = {
  coder: "Scripts of functions, of which each step writes one anew.",
  holdout: "Five parts of the labelled rows are held back in turn: half the noise of one part.",
  ensemble: "The run ends with a blend of its solutions where that scores better.",
  strategies: "Outermost first. `aide plugins` lists all, `aide explain` draws them.",
  budget: "`aide resume budget.time=2h` continues when it is spent.",
};

/** A config file, with a comment for what a newcomer would ask. */
export const configText = ({ schema, keys, because, heldBack }: FirstConfig): string => {
  const { budget, ...task } = keys;
  const layer = merge({ ...task, ...(heldBack ? recommended : {}), budget }, keys);
  const document = new Document(layer);
  const pairs = document.contents !== null && "items" in document.contents ? document.contents.items : [];
  for (const pair of pairs) {
    if (!isPair(pair)) continue;
    const name = String(pair.key.value);
    const [reason, comment] = [because[name], name === "holdout" && !heldBack ? undefined : comments[name]];
    if (comment !== undefined) {
      pair.key.spaceBefore = true;
      pair.key.commentBefore = ` ${comment}`;
    }
    if (reason !== undefined && isScalar(pair.value)) pair.value.comment = ` ${reason}`;
  }
  const head = [
    `# yaml-language-server: $schema=${schema}`,
    "# `aide run` in this folder takes this file; `aide config show` prints every key with its default.",
  ];
  return `${head.join("\n")}\n${document.toString({ lineWidth: 0 })}`;
};

const isPair = (item: unknown): item is Pair<Scalar, unknown> =>
  typeof item === "object" && item !== null && "key" in item && isScalar(item.key);
