import fc from "fast-check";
import { Dice } from "./dice.ts";

export type BugKind =
  | "wrong-operator"
  | "off-by-one"
  | "wrong-name"
  | "wrong-constant"
  | "swapped-arguments"
  | "inverted-condition"
  | "dropped-keyword"
  | "changed-docstring"
  | "wrong-import";

interface Bug {
  readonly kind: BugKind;
  readonly lines: readonly string[];
}

/** One statement, its other spellings with the same tree, and bugs of it with another; a block has a body. */
interface Statement {
  readonly plain: readonly string[];
  readonly cosmetic: readonly (readonly string[])[];
  readonly bugs: readonly Bug[];
  readonly body?: readonly Statement[];
}

export type Program = readonly Statement[];

/** What is done to statements, by their number in reading order. */
export interface Spelling {
  readonly cosmetic?: ReadonlyMap<number, number>;
  readonly bug?: { readonly statement: number; readonly bug: number };
  /** Blank lines and comments before a statement. */
  readonly before?: ReadonlyMap<number, readonly string[]>;
  /** Top-level blocks that are indented by this many blanks rather than four, by the number of their statement. */
  readonly indent?: ReadonlyMap<number, number>;
}

const names = ["rows", "total", "model", "frame", "fold", "score", "weights", "größe", "x_train", "y"];
const functions = ["fit", "load", "scale", "predict", "split", "merge"];
const modules = ["os", "math", "json", "random", "collections", "itertools"];
const pair = (dice: Dice): readonly [string, string] => {
  const first = dice.below(names.length);
  return [names[first]!, names[(first + 1 + dice.below(names.length - 1)) % names.length]!];
};

const assignment = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  const value = dice.below(100);
  return {
    plain: [`${a} = ${b} + ${value}`],
    cosmetic: [
      [`${a} = ${b}  +  ${value}`],
      [`${a} = (${b} + ${value})`],
      [`${a} = (`, `    ${b}`, `    + ${value}`, `)`],
      [`${a} = ${b} \\`, `    + ${value}`],
      [`${a} = ${b} + ${value}  # keep`],
    ],
    bugs: [
      { kind: "wrong-operator", lines: [`${a} = ${b} - ${value}`] },
      { kind: "off-by-one", lines: [`${a} = ${b} + ${value + 1}`] },
      { kind: "wrong-name", lines: [`${a} = ${a} + ${value}`] },
    ],
  };
};

const text = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  const value = `${b} ${dice.below(50)}`;
  return {
    plain: [`${a} = "${value}"`],
    cosmetic: [[`${a} = '${value}'`], [`${a} = ("${value}")`], [`${a} = (`, `    "${value}"`, `)`]],
    bugs: [{ kind: "wrong-constant", lines: [`${a} = "${value}!"`] }],
  };
};

const call = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  const name = dice.pick(functions);
  const seed = dice.below(9);
  return {
    plain: [`${a} = ${name}(${b}, ${a}, seed=${seed})`],
    cosmetic: [
      [`${a} = ${name}(`, `    ${b},`, `    ${a},`, `    seed=${seed},`, `)`],
      [`${a} = ${name}(${b}, ${a},`, `         seed=${seed})`],
      [`${a} = ${name}( ${b}, ${a}, seed = ${seed} )`],
      [`${a} = ${name}(${b}, ${a}, seed=${seed},)`],
    ],
    bugs: [
      { kind: "swapped-arguments", lines: [`${a} = ${name}(${a}, ${b}, seed=${seed})`] },
      { kind: "dropped-keyword", lines: [`${a} = ${name}(${b}, ${a})`] },
    ],
  };
};

/** Plain over several lines, cosmetic on one: brackets that move over lines that stay. */
const longCall = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  const [one, two] = [dice.below(90), dice.below(90)];
  return {
    plain: [`${a} = dict(`, `    ${b}=[${one}, ${two}],`, `    depth=${two},`, `)`],
    cosmetic: [
      [`${a} = dict(${b}=[${one}, ${two}],`, `    depth=${two},`, `)`],
      [`${a} = dict(`, `    ${b}=[`, `        ${one},`, `        ${two},`, `    ],`, `    depth=${two},`, `)`],
      [`${a} = dict(`, `    ${b}=[${one}, ${two}],  # why`, ``, `    depth=${two})`],
      [`${a} = dict(${b}=[${one}, ${two}], depth=${two})`],
    ],
    bugs: [
      { kind: "wrong-constant", lines: [`${a} = dict(`, `    ${b}=[${one}, ${two}],`, `    depth=${two + 1},`, `)`] },
    ],
  };
};

const formatted = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  const digits = dice.below(6);
  return {
    plain: [`print(f"{${a}:.${digits}f} of {${b}}")`],
    cosmetic: [[`print(f'{${a}:.${digits}f} of {${b}}')`], [`print(`, `    f"{${a}:.${digits}f} of {${b}}"`, `)`]],
    bugs: [{ kind: "wrong-name", lines: [`print(f"{${b}:.${digits}f} of {${b}}")`] }],
  };
};

const multiline = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  return {
    plain: [`${a} = """`, `  ${b} (not [closed`, ``, `# no comment ${dice.below(9)}`, `"""`],
    cosmetic: [],
    bugs: [],
  };
};

const branch = (dice: Dice, room: number, depth: number): Statement => {
  const [a, b] = pair(dice);
  return {
    plain: [`if ${a} > ${b}:`],
    cosmetic: [[`if (${a} > ${b}):`], [`if (`, `        ${a}`, `        > ${b}`, `):`], [`if ${a} > ${b}:  # rare`]],
    bugs: [
      { kind: "inverted-condition", lines: [`if ${a} <= ${b}:`] },
      { kind: "inverted-condition", lines: [`if not ${a} > ${b}:`] },
    ],
    body: block(dice, room, depth + 1),
  };
};

const loop = (dice: Dice, room: number, depth: number): Statement => {
  const [a] = pair(dice);
  const count = dice.below(20);
  return {
    plain: [`for ${a} in range(${count}):`],
    cosmetic: [[`for ${a} in range( ${count} ):`], [`for ${a} in range(`, `        ${count}`, `):`]],
    bugs: [{ kind: "off-by-one", lines: [`for ${a} in range(${count + 1}):`] }],
    body: block(dice, room, depth + 1),
  };
};

const definition = (dice: Dice, room: number, depth: number): Statement => {
  const [a, b] = pair(dice);
  const name = `${dice.pick(functions)}_${dice.below(30)}`;
  const decorator = dice.chance(0.3) ? ["@cached(size=8)"] : [];
  const docstring: readonly Statement[] = dice.chance(0.4)
    ? [
        {
          plain: [`"""Does ${name}."""`],
          cosmetic: [[`'''Does ${name}.'''`]],
          bugs: [{ kind: "changed-docstring", lines: [`"""Does ${name}!"""`] }],
        },
      ]
    : [];
  return {
    plain: [...decorator, `def ${name}(${a}, ${b}=None):`],
    cosmetic: [
      [...decorator, `def ${name}( ${a}, ${b} = None ):`],
      [...decorator, `def ${name}(`, `    ${a},`, `    ${b}=None,`, `):`],
    ],
    bugs: [{ kind: "swapped-arguments", lines: [...decorator, `def ${name}(${b}, ${a}=None):`] }],
    body: [...docstring, ...block(dice, room, depth + 1), returned(dice)],
  };
};

const returned = (dice: Dice): Statement => {
  const [a, b] = pair(dice);
  return {
    plain: [`return ${a}`],
    cosmetic: [[`return (${a})`], [`return ${a}  # done`]],
    bugs: [{ kind: "wrong-name", lines: [`return ${b}`] }],
  };
};

const classOf = (dice: Dice, room: number, depth: number): Statement => ({
  plain: [`class Model${dice.below(20)}(Base):`],
  cosmetic: [],
  bugs: [],
  body: [definition(dice, room, depth + 1)],
});

const imported = (dice: Dice): Statement => {
  const [a, b] = [dice.pick(modules), dice.pick(modules)];
  return dice.chance(0.5)
    ? {
        plain: [`import ${a}`],
        cosmetic: [[`import ${a}  # used below`]],
        bugs: [{ kind: "wrong-import", lines: [`import ${a}x`] }],
      }
    : {
        plain: [`from ${a} import ${b}_one, ${b}_two`],
        cosmetic: [
          [`from ${a} import (${b}_one, ${b}_two)`],
          [`from ${a} import (`, `    ${b}_one,`, `    ${b}_two,`, `)`],
        ],
        bugs: [{ kind: "wrong-import", lines: [`from ${a} import ${b}_one, ${b}_three`] }],
      };
};

const simple = [assignment, assignment, text, call, longCall, formatted, multiline] as const;
const blocks = [branch, loop, definition, classOf] as const;

const block = (dice: Dice, room: number, depth: number): readonly Statement[] => {
  const statements: Statement[] = [];
  let left = Math.max(1, room);
  while (left > 0) {
    const inner = Math.floor(left / 2);
    const statement =
      left > 4 && depth < 4 && dice.chance(0.35) ? dice.pick(blocks)(dice, inner, depth) : dice.pick(simple)(dice);
    statements.push(statement);
    left -= sizeOf(statement);
  }
  return statements;
};

const sizeOf = ({ plain, body = [] }: Statement): number =>
  body.reduce((sum, statement) => sum + sizeOf(statement), plain.length);

const programOf = (seed: number, lines: number): Program => {
  const dice = new Dice(seed);
  const imports = Array.from({ length: 1 + dice.below(3) }, () => imported(dice));
  return [...imports, ...block(dice, lines - imports.length, 0)];
};

/** Statements in reading order; their places are their numbers. */
const statementsOf = (program: Program): readonly Statement[] =>
  program.flatMap((statement) => [statement, ...statementsOf(statement.body ?? [])]);

export const render = (program: Program, spelling: Spelling = {}, end = "\n"): string => {
  let number = 0;
  const lines: string[] = [];
  const write = (statements: Program, depth: string, step: number | undefined): void => {
    for (const { plain, cosmetic, bugs, body } of statements) {
      const own = number++;
      const inner = step ?? spelling.indent?.get(own) ?? 4;
      const spelled =
        spelling.bug?.statement === own
          ? bugs[spelling.bug.bug]!.lines
          : (cosmetic[spelling.cosmetic?.get(own) ?? -1] ?? plain);
      lines.push(...(spelling.before?.get(own) ?? []).map((line) => (line === "" ? "" : depth + line)));
      const isText = spelled.some((line) => line.endsWith('"""')) && spelled.length > 1;
      lines.push(...spelled.map((line, at) => (line === "" || (isText && at > 0) ? line : depth + line)));
      if (body !== undefined) write(body, depth + " ".repeat(inner), inner);
    }
  };
  write(program, "", undefined);
  return lines.map((line) => line + end).join("");
};

export interface Case {
  readonly program: Program;
  readonly end: string;
  readonly dice: Dice;
}

/** Programs of 5 to 300 lines, most of them short: long ones cost more than they reveal. */
export const cases = (longest = 300): fc.Arbitrary<Case> =>
  fc
    .record({
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
      lines: fc.oneof(
        { weight: 60, arbitrary: fc.integer({ min: 5, max: Math.min(30, longest) }) },
        { weight: 1, arbitrary: fc.integer({ min: 5, max: longest }) },
      ),
      end: fc.constantFrom("\n", "\n", "\n", "\r\n"),
    })
    .map(({ seed, lines, end }) => ({ program: programOf(seed, lines), end, dice: new Dice(seed ^ 0x5bd1e995) }));

/** Every top-level statement with the numbers of its statements. */
const topLevel = (program: Program): readonly (readonly number[])[] => {
  let number = 0;
  return program.map((statement) => statementsOf([statement]).map(() => number++));
};

/** Noise that leaves the tree as it is, on every statement but `spared`. */
export const noise = ({ program, dice }: Case, spared?: number, share = 0.15): Spelling => {
  const statements = statementsOf(program);
  const cosmetic = new Map<number, number>();
  const before = new Map<number, readonly string[]>();
  const indent = new Map<number, number>();
  for (const [number, { cosmetic: spellings }] of statements.entries()) {
    if (number !== spared && spellings.length > 0 && dice.chance(share))
      cosmetic.set(number, dice.below(spellings.length));
    if (dice.chance(share / 2)) before.set(number, dice.pick([[""], ["# checked"], ["", "# step", ""], ["", ""]]));
  }
  for (const numbers of topLevel(program))
    if (numbers.length > 1 && numbers.length < 7 && !numbers.includes(spared ?? -1) && dice.chance(share / 2))
      indent.set(numbers[0]!, 2);
  return { cosmetic, before, indent };
};

/** A planted bug, where the program has a statement that can have one. */
export const plantedBug = ({ program, dice }: Case): { statement: number; bug: number; kind: BugKind } | undefined => {
  const able = statementsOf(program).flatMap(({ bugs }, statement) =>
    bugs.map(({ kind }, bug) => ({ statement, bug, kind })),
  );
  return able.length === 0 ? undefined : dice.pick(able);
};
