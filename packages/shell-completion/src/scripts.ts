export const shells = ["bash", "zsh", "fish"] as const;
export type ShellName = (typeof shells)[number];

/**
 * What a shell has to be given once so that it completes a program's words. The program is asked at each key: `<program> complete -- <words so far>`, the last word
 * unfinished, and prints a word a line, its description after a tab.
 */
export const completionScript = (shell: ShellName, program: string): string => scripts[shell](program);

/** `aide completion`: prints what a shell has to be given once. */
export const printCompletion = async (
  { out }: { readonly out: (text: string) => void },
  _flags: object,
  shell: ShellName,
): Promise<number> => {
  out(completionScript(shell, "aide").trimEnd());
  return 0;
};

// A word that ends in `=`, `.` or `/` is continued: no space after it.
const scripts: Readonly<Record<ShellName, (program: string) => string>> = {
  // Bash parts words at `=` as well, and replaces what follows the last one alone.
  bash: (program) => `# ${program}'s words for bash. In ~/.bashrc: eval "$(${program} completion bash)"
_${program}_words() {
  local line="\${COMP_LINE:0:COMP_POINT}" words current head
  IFS=$' \\t' read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="\${words[\${#words[@]}-1]}"
  local IFS=$'\\n'
  COMPREPLY=($(${program} complete -- "\${words[@]:1}" 2> /dev/null | cut -f 1))
  if [[ "$current" == *=* && "$COMP_WORDBREAKS" == *=* ]]; then
    head="\${current%"\${current##*=}"}"
    COMPREPLY=("\${COMPREPLY[@]#"$head"}")
  fi
  if [[ \${#COMPREPLY[@]} == 1 && "\${COMPREPLY[0]}" == *[=./] ]]; then compopt -o nospace 2> /dev/null; fi
}
complete -F _${program}_words ${program}
`,
  zsh: (program) => `#compdef ${program}
# ${program}'s words for zsh. In ~/.zshrc, after compinit: eval "$(${program} completion zsh)"
_${program}() {
  local -a lines whole begun
  local line word
  lines=("\${(@f)$(${program} complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  for line in $lines; do
    word="\${line%%$'\\t'*}"
    line="\${word//:/\\\\:}:\${line#*$'\\t'}"
    if [[ "$word" == *[=./] ]]; then begun+=("$line"); else whole+=("$line"); fi
  done
  _describe -t words ${program} whole
  _describe -t words ${program} begun -S ''
}
if [[ "\${funcstack[1]}" == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`,
  fish: (program) => `# ${program}'s words for fish. In ~/.config/fish/config.fish: ${program} completion fish | source
function __${program}_words
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    ${program} complete -- $words[2..-1] "$current" 2> /dev/null
end
complete -c ${program} -f -a '(__${program}_words)'
`,
};
