/** What a fence's info string says of its block. `unknown`: a word that names no language, or none at all. */
export type Language = "python" | "other" | "unknown";

const others: ReadonlySet<string> = new Set(
  `asm awk bash bat batch c clojure cmake cmd coffeescript console cpp cs csharp css csv cuda cython dart diff docker dockerfile dot elixir
  erlang f90 fish fortran fsharp gherkin git gitignore go golang graphql groovy haskell hcl html http ini java javascript jinja js json json5
  jsonc jsonl jsx julia kotlin latex less log lua make makefile markdown math matlab md mermaid mysql nginx nim nix objc ocaml octave out
  output pascal patch perl php plain plaintext postgresql powershell proto protobuf ps1 pwsh r rb rst ruby rust sas sass scala scheme scss sh
  shell shell-session shellsession sol solidity sparql sql sqlite stan stdout svelte svg swift terminal tex text toml ts tsv tsx txt typescript
  vb verilog vhdl vim vue wasm xml yaml yml zig zsh c++ c# f#`.split(/\s+/),
);

const python = /^(?:i?python|py|gpython|cpython|pyspark)(?:[\d.]*|[-_]?(?:repl|console|exec|script|code|notebook))$/;
const pythonElsewhere = /(?:^|[^a-z])(?:i?python[\d.]*|py[23]?)(?![a-z])|\.pyw?(?![a-z])/;
const alsoPython: ReadonlySet<string> = new Set(
  "pycon jupyter ipynb tool_code code_interpreter execute_python run_python python_code sage".split(" "),
);

/** As of "python:solution.py", `py title="solution.py"`, "{.python .numberLines}", "src/solution.py", "tool_code". */
export const languageOf = (info: string): Language => {
  const words = info.toLowerCase().split(/[\s,:;{}()=[\]"'|]+/);
  const first = (words.find((word) => word !== "") ?? "").replace(/^[.]/, "").replace(/^(?:lang|language)-/, "");
  if (python.test(first) || alsoPython.has(first)) return "python";
  if (others.has(first)) return "other";
  return pythonElsewhere.test(info.toLowerCase()) ? "python" : "unknown";
};
