import type { Range } from "@aide-ts/plugin";
import { alignedTable } from "./table.ts";

/** A strategy in a chain, or the coder at its end. */
export interface ChainLevel {
  readonly name: string;
  readonly roles: readonly string[];
  /** Model calls of its own for each time that it is asked. */
  readonly own: Range;
  /** Times that it asks the next one; `undefined` for the coder. */
  readonly next?: Range | undefined;
  /** Calls that become of each call of the inner ones. */
  readonly perCall: Range;
  /** Operators that it works on; `undefined` for all. */
  readonly operators?: readonly string[] | undefined;
  /** Operators for which it never asks the next one. */
  readonly replaces: readonly string[];
  /** Operators that it asks the next one for in place of others. */
  readonly asks: Readonly<Record<string, string>>;
  readonly needs: readonly string[];
}

interface StepCost {
  readonly operator: string;
  readonly calls: Range;
  /** Of answers, reasoning included, where each is as long as it may be. */
  readonly tokens: Range;
}

export interface Explained {
  readonly search: string;
  /** Outermost first; the coder is the last. */
  readonly levels: readonly ChainLevel[];
  readonly maxTokens: number;
  readonly steps: readonly StepCost[];
  readonly notes: readonly string[];
}

const gap = " ".repeat(3);

/** A chain as it is drawn on a terminal: a line for each level, then what a step may cost, then the budget. */
export const renderChain = ({ search, levels, maxTokens, steps, notes }: Explained): string => {
  const heading = ["", "calls of its own", "asks the next", "by role", "for", "needs"];
  const rows = levels.map((level, depth) => [
    `${"   ".repeat(depth)}└─ ${level.name}`,
    written(level.own),
    level.next === undefined ? "" : askingOf(level, level.next),
    level.roles.join(", "),
    level.next === undefined ? "" : (level.operators?.join(", ") ?? "every step"),
    level.needs.join("; "),
  ]);
  const costs = alike(steps).map(({ operators, calls, tokens }) => [
    operators.length === steps.length ? "every step" : operators.join(", "),
    `${written(calls)} ${calls[1] === 1 ? "call" : "calls"}`,
    `${written(tokens)} tokens`,
  ]);
  return [
    `search   ${search}`,
    "",
    ...alignedTable(withoutEmpty([heading, ...rows]), { gap }),
    "",
    `a step may cost (answers of up to ${count(maxTokens)} tokens, reasoning included; prompts come on top)`,
    ...alignedTable(costs, { gap }).map((line) => gap + line),
    "",
    ...notes,
  ].join("\n");
};

/** As `2–4`, `3`, `0 or more`. */
const written = ([least, most]: Range): string =>
  least === most
    ? count(least)
    : most === Number.POSITIVE_INFINITY
      ? `${count(least)} or more`
      : `${count(least)}–${count(most)}`;

export const count = (number: number): string => number.toLocaleString("en");

const asking = (times: Range): string => {
  if (times[0] === times[1]) return times[1] === 0 ? "never" : times[1] === 1 ? "once" : `${count(times[1])} times`;
  return times[0] === 0 && times[1] === 1 ? "once or not" : `${written(times)} times`;
};

const askingOf = ({ replaces, asks, perCall }: ChainLevel, next: Range): string =>
  [
    asking(next),
    ...(next[1] > 0 && replaces.length > 0 ? [`never for ${replaces.join(", ")}`] : []),
    ...Object.entries(asks).map(([operator, asked]) => `${asked} for ${operator}`),
    ...(perCall[1] === 1 ? [] : [`each call becomes ${written(perCall)}`]),
  ].join("; ");

/** Operators whose steps cost the same, shown together. */
const alike = (
  steps: readonly StepCost[],
): readonly (Omit<StepCost, "operator"> & { readonly operators: readonly string[] })[] => {
  const groups = new Map<string, StepCost & { readonly operators: string[] }>();
  for (const step of steps) {
    const key = step.calls.join();
    const group = groups.get(key) ?? { ...step, operators: [] };
    group.operators.push(step.operator);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Without the columns that have nothing below their heading. */
const withoutEmpty = ([heading = [], ...rows]: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const holds = heading.map((_, column) => rows.some((row) => row[column] !== ""));
  return [heading, ...rows].map((row) => row.filter((_, column) => holds[column]));
};
