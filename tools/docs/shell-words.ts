export type Command = readonly string[];

/** Quoted text is one word; `#` begins a comment where a word could begin. */
const wordPattern =
  /(?<end>&&|\|\|?|[;\n()])|(?<comment>#[^\n]*)|(?<word>(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\$\(\([^)]*\)\)|\$\([^)]*\)|[^\s'"\\;|&#()]|(?<=\S)#|&(?!&))+)/gs;

const unquoted = (word: string): string =>
  word.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(.)/gs, "$1") ?? escaped ?? "",
  );

/** The commands of a block for a shell, without comments, redirections and assignments; quotes are taken off. */
export const commandsIn = (text: string): readonly Command[] => {
  const commands: string[][] = [[]];
  for (const { groups } of text.replaceAll("\\\n", " ").matchAll(wordPattern)) {
    if (groups?.["end"] !== undefined) commands.push([]);
    else if (groups?.["word"] !== undefined) commands.at(-1)?.push(unquoted(groups["word"]));
  }
  return commands.map(withoutAssignments).filter((words) => words.length > 0);
};

/** Words of the shell itself go as well. */
const withoutAssignments = (words: readonly string[]): Command => {
  const plain = words.filter((word, at) => !/^\d*[<>]/.test(word) && !/^\d*[<>]+$/.test(words[at - 1] ?? ""));
  if (plain[0] === "do" || plain[0] === "then") return withoutAssignments(plain.slice(1));
  const first = plain.findIndex((word) => !/^[A-Z_]+=/.test(word));
  return first === -1 ? [] : plain.slice(first);
};
