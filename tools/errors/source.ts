import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, type Node, type Program } from "oxc-parser";

/** One parsed file. */
export interface Source {
  /** Below the root, as `packages/core/src/index.ts`. */
  readonly path: string;
  /** The folder's name below `packages`. */
  readonly package: string;
  readonly text: string;
  readonly program: Program;
  /** Every node, in the order of the text. */
  readonly nodes: readonly Node[];
  readonly parents: ReadonlyMap<Node, Node>;
}

/** A node and the file that holds it. */
export interface Place<N extends Node = Node> {
  readonly node: N;
  readonly source: Source;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

export const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);

const parse = (root: string, path: string): Source => {
  const text = readFileSync(join(root, path), "utf8");
  const { program, errors } = parseSync(path, text, { preserveParens: false });
  if (errors.length > 0)
    throw new Error(`${path} cannot be parsed: ${errors.map(({ message }) => message).join("; ")}`);
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  const walk = (node: Node): void => {
    nodes.push(node);
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      walk(child);
    }
  };
  walk(program);
  return { path, package: path.split("/")[1] ?? "", text, program, nodes, parents };
};

/** The sources of every package below the root but `testing`, whose errors only tests see. */
export const readSources = (root: string): readonly Source[] =>
  globSync("packages/*/src/**/*.ts", { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.startsWith("packages/testing/"))
    .sort()
    .map((path) => parse(root, path));

export const whereIs = ({ node, source }: Place): string =>
  `${source.path}:${source.text.slice(0, node.start).split("\n").length}`;

export function* ancestorsOf({ node, source }: Place): Generator<Node> {
  for (let at = source.parents.get(node); at !== undefined; at = source.parents.get(at)) yield at;
}
