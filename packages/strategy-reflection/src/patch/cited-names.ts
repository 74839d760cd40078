/**
 * Names that a critique cites: identifiers in backticks, called (`fit(`), or in quotes as Python's messages have them (`name 'x' is not defined`). Of
 * a dotted name the whole, its first part and its last part.
 */
export const citedNames = (critique: string): readonly string[] => {
  const cited = [
    ...[...critique.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = ""]) => code.match(dotted) ?? []),
    ...[...critique.matchAll(/(?<![\p{L}\p{N}_.])((?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}_][\p{L}\p{N}_]*)\(/gu)].map(
      ([, name = ""]) => name,
    ),
    ...[...critique.matchAll(/(['"])([\p{L}_][\p{L}\p{N}_]*)\1/gu)].map(([, , name = ""]) => name),
  ];
  const names = cited.flatMap((name) => [name, name.split(".")[0] ?? "", name.split(".").at(-1) ?? ""]);
  return [...new Set(names)].filter((name) => name !== "" && !keywords.has(name));
};

const dotted = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu;

const keywords = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or
  pass raise return self try while with yield`.split(/\s+/),
);
