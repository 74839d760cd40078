import { readFileSync } from "node:fs";
import { fencedBlocks, splitReasoning } from "@aide-ts/answer";
import { definePlugin, type Candidate, type Proposal, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "./prompt-file.ts";
import { situation } from "./situation.ts";
import { templateWithoutParts } from "./errors.ts";

const [open, close] = ["<<", ">>"];
const slot = /^[ \t]*<<([A-Z][A-Z0-9_]*)>>[ \t]*$/gm;

const template = readFileSync(new URL("../prompts/template.py", import.meta.url), "utf8");

const options = z.strictObject({
  template: z
    .string()
    .min(1)
    .default(template)
    .describe("A script in which lines of the form <<NAME>> stand for what the model writes."),
});

/**
 * Template drafting: a first script is a given template, of which the model writes the parts that differ from task to task. What it cannot get wrong is where
 * the data lie and where the submission goes. Improvements and repairs are written whole.
 */
export const skeleton = definePlugin({
  kind: "strategy",
  name: "skeleton",
  summary: "A first script is a template of which the model writes the open parts.",
  options,
  needs: () => [],
  shape: () => ({ generations: [1, 1], next: [0, 1], replaces: ["draft"], operators: ["draft"] }),
  prompts: { "skeleton/fill": promptFile("fill") },
  create: ({ template: text }) => {
    const names = slotNames(text);
    if (names.length === 0) throw templateWithoutParts();
    return (next) => (proposal, work) =>
      proposal.operator === "draft" ? filled(text, names, proposal, work) : next(proposal, work);
  },
});

/** Names of a template's parts, each once, in order. */
export const slotNames = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(slot)].flatMap(([, name]) => name ?? [])),
];

const filled = async (text: string, names: readonly string[], proposal: Proposal, work: Work): Promise<Candidate> => {
  const slots = { ...situation(proposal, work), template: text.trimEnd(), open, close };
  const parts = names.map((name) => `- \`# ${name}\``).join("\n");
  const messages = work.prompt("skeleton/fill", { ...slots, parts });
  const answer = await work.generate({ messages }, { role: proposal.role ?? "code", phase: "code" });
  const written = partsIn(splitReasoning(answer.text).text, names);
  const missing = names.filter((name) => !written.has(name));
  work.note({ missing });
  if (missing.length === names.length)
    return { plan: "", code: "", defect: answer.finish.startsWith("length") ? "truncated" : "no-code" };
  return { plan: `A template with ${names.join(", ")}.`, code: assembled(text, written) };
};

/** The blocks of an answer by the name in their first line; one block may hold several parts. */
export const partsIn = (answer: string, names: readonly string[]): ReadonlyMap<string, string> => {
  const parts = new Map<string, string[]>();
  for (const { body } of fencedBlocks(answer)) {
    let lines: string[] | undefined;
    for (const line of body.split("\n")) {
      const name = /^#+\s*(?:<<)?([A-Z][A-Z0-9_]*)(?:>>)?\s*:?\s*$/.exec(line)?.[1];
      if (name !== undefined && names.includes(name)) parts.set(name, (lines = []));
      else lines?.push(line);
    }
  }
  return new Map([...parts].map(([name, lines]) => [name, lines.join("\n").trim()]));
};

/** A part that was not written stays out, with a comment in its place: the error that follows says what is missing. */
export const assembled = (text: string, parts: ReadonlyMap<string, string>): string =>
  text.replaceAll(slot, (line: string, name: string) => {
    const indentation = /^[ \t]*/.exec(line)?.[0] ?? "";
    const part = parts.get(name) ?? `# ${name} is missing.`;
    return part
      .split("\n")
      .map((one) => (one.trim() === "" ? one : indentation + one))
      .join("\n");
  });
