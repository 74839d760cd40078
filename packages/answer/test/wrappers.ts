/** How models and servers wrap a script. `plan`: what stands before it. */
export interface Wrapper {
  readonly wrap: (code: string) => string;
  readonly plan?: string;
}

const fence =
  (info: string, marks = "```") =>
  (code: string) =>
    `${marks}${info}\n${code}${marks}\n`;
const everyLine = (prefix: string, code: string) =>
  code
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? prefix.trimEnd() : prefix + line))
    .join("\n");
const escapeHtml = (code: string) =>
  code
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
const json = (code: string) => JSON.stringify({ code });
const call = (code: string) => JSON.stringify({ name: "python", arguments: { code } });
const encodedCall = (code: string) =>
  JSON.stringify({ type: "function", function: { name: "python", arguments: JSON.stringify({ code }) } });

const infos = [
  "python",
  "Python",
  "PYTHON",
  " python",
  "python3",
  "python3.11",
  "py",
  "py3",
  "ipython",
  "ipython3",
  "tool_code",
  "code",
  "",
  "{python}",
  "{.python .numberLines}",
  "{r, engine='python'}",
  "python:solution.py",
  "python:src/solution.py",
  "solution.py",
  "src/main.py",
  "1:40:src/solution.py",
  'py title="solution.py"',
  "python title='solution.py' {1,3-5}",
  "python solution.py",
  "python filename=solution.py",
  'title="solution.py"',
  "python, linenos",
  "language-python",
  "lang=python",
  "{code-cell} ipython3",
  "{code-block} python",
  "jupyter",
  "script",
] as const;

export const wrappers: Readonly<Record<string, Wrapper>> = {
  ...Object.fromEntries(infos.map((info) => [`a fence with ${JSON.stringify(info)}`, { wrap: fence(info) }])),
  "a fence of four": { wrap: fence("python", "````") },
  "a fence of tildes": { wrap: fence("python", "~~~") },
  "a fence that is never closed": { wrap: (code) => `\`\`\`python\n${code}` },
  "a fence that closes behind the last line": { wrap: (code) => `\`\`\`python\n${code.trimEnd()}\`\`\`` },
  "a fence that prose follows": { wrap: (code) => `${fence("python")(code).trimEnd()} That is all of it.\n` },
  "a fence that one word follows": { wrap: (code) => `${fence("python")(code).trimEnd()} Done.\n` },
  "a fence behind prose": { wrap: (code) => `Here it is: ${fence("python")(code)}`, plan: "Here it is:" },
  "a fence behind a plan": { wrap: (code) => `Load, then fit.\n\n${fence("python")(code)}`, plan: "Load, then fit." },
  "a fence in a list": {
    wrap: (code) => `1. Run this:\n\n   \`\`\`python\n${everyLine("   ", code)}\n   \`\`\`\n2. Look.`,
    plan: "1. Run this:",
  },
  "a fence deep in a list": {
    wrap: (code) => `- so\n      - \`\`\`python\n${everyLine("        ", code)}\n        \`\`\`\n`,
    plan: "- so\n      -",
  },
  "a fence in a quote": {
    wrap: (code) => `> So:\n> \`\`\`python\n${everyLine("> ", code)}\n> \`\`\`\n`,
    plan: "> So:",
  },
  "a fence in a quote of a quote": { wrap: (code) => `> > \`\`\`python\n${everyLine("> > ", code)}\n> > \`\`\`\n` },
  "a fence with line ends of Windows": { wrap: (code) => fence("python")(code).replaceAll("\n", "\r\n") },
  "a fence around an indented script": { wrap: (code) => fence("python")(`${everyLine("    ", code)}\n`) },
  "a fence in a tag": { wrap: (code) => `<answer>\n${fence("python")(code)}</answer>` },
  "a fence on a tag's lines": { wrap: (code) => `<answer>${fence("python")(code).trimEnd()}</answer>` },
  "a fence in a fence of Markdown": { wrap: (code) => `\`\`\`markdown\n# Solution\n${fence("python")(code)}\`\`\`\n` },
  "a fence before a token": { wrap: (code) => `${fence("python")(code).trimEnd()}<|im_end|>` },
  "a fence before another turn": {
    wrap: (code) =>
      `${fence("python")(code)}<|im_end|>\n<|im_start|>user\nThanks!\n${fence("python")("print('no')\n")}`,
  },
  "a fence of a shell": { wrap: fence("bash") },
  "a fence of text": { wrap: fence("text") },

  "nothing at all": { wrap: (code) => code },
  "nothing, before a token": { wrap: (code) => `${code}<|eot_id|>` },
  "nothing, behind prose": { wrap: (code) => `This is the script:\n\n${code}`, plan: "This is the script:" },
  "nothing, between prose": {
    wrap: (code) => `This is the script:\n\n${code}\nThis script trains a model and writes the file.`,
    plan: "This is the script:",
  },

  python_tag: { wrap: (code) => `<|python_tag|>${code}<|eom_id|>` },
  "python_tag with eot": { wrap: (code) => `I run it.\n<|python_tag|>${code}<|eot_id|>`, plan: "I run it." },
  "python_tag alone": { wrap: (code) => `<|python_tag|>${code}` },
  "python_tag with JSON": { wrap: (code) => `<|python_tag|>${call(code)}<|eom_id|>` },
  python_start: { wrap: (code) => `<|python_start|>${code}<|python_end|><|eom|>` },
  "tokens around a solution": { wrap: (code) => `<|begin_of_solution|>\n${code}<|end_of_solution|>` },

  harmony: {
    wrap: (code) =>
      `<|channel|>analysis<|message|>First \`\`\`python\nprint('draft')\n\`\`\` so.<|end|><|start|>assistant<|channel|>final<|message|>${fence("python")(code)}<|return|>`,
  },
  "harmony, final alone": { wrap: (code) => `<|channel|>final<|message|>Plan.\n${fence("")(code)}`, plan: "Plan." },
  "harmony, in the middle of a thought": {
    wrap: (code) =>
      `so \`\`\`python\nprint('draft')\n\`\`\`<|end|><|start|>assistant<|channel|>final<|message|>${code}<|return|>`,
  },
  "harmony, final in JSON": {
    wrap: (code) =>
      `<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>${json(code)}<|return|>`,
  },
  "harmony, to python": {
    wrap: (code) =>
      `<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary to=python code<|message|>${code}<|call|>`,
  },
  "harmony, analysis to python": { wrap: (code) => `<|channel|>analysis to=python code<|message|>${code}<|call|>` },
  "harmony, recipient first": {
    wrap: (code) =>
      `<|start|>assistant to=functions.run<|channel|>commentary <|constrain|>json<|message|>${json(code)}<|call|>`,
  },
  "harmony, to a function": {
    wrap: (code) =>
      `<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary<|message|>I run it.<|end|><|start|>assistant<|channel|>commentary to=functions.run <|constrain|>json<|message|>${json(code)}<|call|>`,
    plan: "I run it.",
  },
  "harmony without its tokens": {
    wrap: (code) => `analysisFirst I load it.assistantfinalSo:\n${fence("python")(code)}`,
    plan: "So:",
  },

  JSON: { wrap: json },
  "JSON with a plan": { wrap: (code) => JSON.stringify({ plan: "A forest.", code }, undefined, 2), plan: "A forest." },
  "JSON behind prose": { wrap: (code) => `The call:\n${json(code)}\nThat is it.`, plan: "The call:" },
  "JSON in a fence": { wrap: (code) => fence("json")(`${json(code)}\n`) },
  "JSON in a bare fence": { wrap: (code) => fence("")(`${call(code)}\n`) },
  "JSON with a key of its own": { wrap: (code) => JSON.stringify({ reasoning: "hm", final_answer: code }) },
  "JSON with a fence inside": { wrap: (code) => JSON.stringify({ answer: `Here:\n${fence("python")(code)}` }) },
  "a tool call": { wrap: (code) => `<tool_call>\n${call(code)}\n</tool_call>` },
  "a tool call behind prose": { wrap: (code) => `I run it.\n<tool_call>${call(code)}</tool_call>`, plan: "I run it." },
  "a tool call without an end": { wrap: (code) => `<tool_call>\n${call(code)}` },
  "a tool call of Mistral": { wrap: (code) => `[TOOL_CALLS][${call(code)}]` },
  "a newer tool call of Mistral": { wrap: (code) => `[TOOL_CALLS]python[ARGS]${json(code)}` },
  "a tool call of Gemma": { wrap: (code) => `<|tool_call>call:python{code:<|"|>${code}<|"|>}<tool_call|>` },
  "a tool call of Qwen": {
    wrap: (code) => `<tool_call>\n<function=python>\n<parameter=code>\n${code}</parameter>\n</function>\n</tool_call>`,
  },
  "a tool call of Claude": {
    wrap: (code) => `<invoke name="python">\n<parameter name="code">${code}</parameter>\n</invoke>`,
  },
  "a function call of OpenAI": { wrap: (code) => JSON.stringify({ tool_calls: [JSON.parse(encodedCall(code))] }) },
  "a function call with encoded arguments": { wrap: encodedCall },
  "a notebook": {
    wrap: (code) =>
      JSON.stringify({
        cells: [
          { cell_type: "markdown", source: ["# Import it"] },
          { cell_type: "code", source: code.split(/(?<=\n)/) },
        ],
      }),
  },

  HTML: { wrap: (code) => `<pre><code class="language-python">${escapeHtml(code)}</code></pre>` },
  "HTML with plain code": { wrap: (code) => `<pre><code class="language-python">\n${code}</code></pre>` },
  "HTML in a fence": { wrap: (code) => fence("html")(`<pre><code>${escapeHtml(code)}</code></pre>\n`) },
  "a code tag": { wrap: (code) => `So:\n<code>\n${code}</code>`, plan: "So:" },
  execute_python: { wrap: (code) => `<execute_python>\n${code}</execute_python>` },
  "a python tag": { wrap: (code) => `<python>\n${code}</python>` },
  "a script tag": { wrap: (code) => `<script type="text/python">\n${code}</script>` },
  "an answer tag": { wrap: (code) => `<answer>\n${code}</answer>` },
  "a file tag": { wrap: (code) => `<file path="solution.py">\n${code}</file>` },
  brackets: { wrap: (code) => `[PYTHON]\n${code}[/PYTHON]` },
  "HTML with line breaks and spans": {
    wrap: (code) => `<pre><span></span>${escapeHtml(code).trimEnd().replaceAll("\n", "<br/>")}</pre>`,
  },
  "a CDATA section": { wrap: (code) => `<code><![CDATA[\n${code}]]></code>` },
  LaTeX: { wrap: (code) => `\\begin{lstlisting}[language=Python]\n${code}\\end{lstlisting}` },
  "LaTeX's minted": { wrap: (code) => `\\begin{minted}{python}\n${code}\\end{minted}` },
  "a fence of Markdown with four": { wrap: (code) => `\`\`\`\`markdown\n${fence("python")(code)}\`\`\`\`\n` },
  "a fence of four that closes with three": { wrap: (code) => `\`\`\`\`python\n${code}\`\`\`\n` },
  "a fence whose first line names the file": { wrap: (code) => fence("python")(`solution.py\n${code}`) },
  "an action's input": {
    wrap: (code) => `Thought: hm\nAction: python\nAction Input: ${call(code)}`,
    plan: "Thought: hm\nAction: python\nAction Input:",
  },
  "nothing, between two words": { wrap: (code) => `BEGIN CODE\n${code}END CODE`, plan: "BEGIN CODE" },
  entities: { wrap: (code) => fence("python")(escapeHtml(code)) },
};
