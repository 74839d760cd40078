import { AideError, type Fault } from "@aide-ts/plugin";
import { renderError } from "../../packages/cli/src/terminal/error.ts";
import type { KnownError } from "./known-error.ts";
import { tableCell } from "../docs/table-cell.ts";

const example = new AideError({
  code: "AIDE_DATA_MISSING",
  message: "There is no folder houses.",
  fix: "Name the folder that holds the task's data, as data_dir=example_tasks/house_prices.",
  fault: "user",
  facts: { "looked for": "/home/ada/houses" },
});

const introduction = `<!-- Made from the sources by \`npm run docs:errors\`. -->

# Errors

Whatever goes wrong is reported in one form, on standard error:

\`\`\`text
${renderError(example).text}
\`\`\`

First the code, which stays the same between versions, and what is wrong; then facts, one a line; last what to do. Errors that are aide's own fault are
followed by a stack. In the tables below \`…\` stands for what is filled in when it happens: a name, a number, or the output of another program.
Several lines in a cell are alternatives: each time one of them is printed.

## Exit codes

| Exit code | When |
| ---: | --- |
| 0 | Done. |
| 1 | Failed: the model's server, a bug of aide, no valid solution, or a replay that diverges. |
| 2 | Wrongly asked: the user or a plugin's author must act. |
| 130 | Stopped by the user. |
`;

const sections: Readonly<Record<Fault, readonly [title: string, text: string]>> = {
  user: ["What the user can fix", "Something asked for is missing, misspelt or does not fit this machine."],
  plugin: ["What a plugin's author must fix", "A strategy, backend or other plugin breaks its contract."],
  backend: ["What the model's server did", "A model call failed. A run goes on where it can."],
  internal: ["Bugs of aide", "Please report them, with all that was printed."],
};

const exitCode = (fault: Fault): number => renderError(new AideError({ ...example, message: "", fault })).exitCode;

const isCommand = (fix: string): boolean => /^[a-z]/.test(fix) && !/`|\.$/.test(fix);

const lines = (texts: readonly string[]): string => texts.map(tableCell).join("<br>");

const row = (error: KnownError, before: KnownError | undefined): string => {
  const repeated = before?.code === error.code;
  const fixes = error.fixes.map((fix) => (isCommand(fix) ? `\`${fix}\`` : fix));
  const cells = [
    repeated ? "" : `\`${error.code}\``,
    lines(error.messages),
    lines(fixes),
    repeated && before.package === error.package ? "" : error.package,
  ];
  return `| ${cells.join(" | ")} |`;
};

const section = (fault: Fault, errors: readonly KnownError[]): string => {
  const [title, text] = sections[fault];
  const rows = errors.map((error, at) => row(error, errors[at - 1]));
  return [
    `\n## ${title}\n`,
    `${text} Fault \`${fault}\`, exit code ${exitCode(fault)}.\n`,
    "| Code | What is wrong | What to do | Package |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
};

/** The page of all errors, in Markdown. */
export const renderPage = (errors: readonly KnownError[]): string => {
  const faults: readonly Fault[] = ["user", "plugin", "backend", "internal"];
  const tables = faults.map((fault) =>
    section(
      fault,
      errors.filter((error) => error.fault === fault),
    ),
  );
  return [introduction, ...tables].join("");
};
