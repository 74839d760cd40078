/** What was typed in an interactive session, without its prompts and without what Python answered; the code itself where there are no prompts. */
export const withoutPrompts = (code: string): string => {
  const lines = code.split("\n");
  const start = lines.find((line) => line.trim() !== "") ?? "";
  for (const { first, next } of prompts) {
    // Prompts further down may belong to a docstring.
    if (!first.test(start)) continue;
    const typed: string[] = [];
    let inside = false;
    for (const line of lines) {
      const prompt: RegExpExecArray | null = first.exec(line) ?? (inside ? next.exec(line) : null);
      inside = prompt !== null;
      if (prompt !== null) typed.push(line.slice(prompt[0].length));
    }
    return typed.join("\n");
  }
  return code;
};

const prompts: readonly { readonly first: RegExp; readonly next: RegExp }[] = [
  { first: /^\s*>>>(?: |$)/, next: /^\s*\.\.\.(?: |$)/ },
  { first: /^\s*In \[[\d ]*\]: ?/, next: /^\s*\.\.\.: ?/ },
];
