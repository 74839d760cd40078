import { digest } from "@aide-ts/core";
import type { Json } from "@aide-ts/plugin";

/** All that decides what a run does beside its budget: it must be the same when the run is resumed. */
export interface Fingerprint {
  readonly settings: { readonly [key: string]: Json };
  readonly task: { readonly [key: string]: Json };
  readonly models: { readonly [key: string]: Json };
  readonly environment: { readonly [key: string]: Json };
  /** Name → hash. */
  readonly prompts: { readonly [key: string]: string };
  readonly brief: string;
  readonly skeleton: string;
  /** Arguments that scripts need to read the task's files. */
  readonly reads: { readonly [key: string]: Json };
  /** The user's own script, completed as proposal 0. */
  readonly first?: string | undefined;
}

const parts = ["settings", "task", "models", "environment", "prompts", "brief", "skeleton", "reads", "first"] as const;

/** On resume a limit may be raised, and a model may be served at another address. */
const comparable = (whole: Fingerprint): Record<(typeof parts)[number], Json> => {
  const { budget: _budget, backend = {}, backends = {}, ...settings } = whole.settings;
  return {
    ...whole,
    // As runs without a script have always been hashed.
    first: whole.first ?? "",
    settings: { ...settings, backend: withoutAddress(backend), backends: withoutAddress(backends) },
    models: Object.fromEntries(Object.entries(whole.models).map(([role, model]) => [role, withoutAddress(model)])),
  };
};

/** Where a server listens, and how many calls it is given at a time. */
const address = ["url", "concurrency"];

/** What describes a server, without what changes when it moves. */
export const withoutAddress = (value: Json): Json => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutAddress);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (address.includes(key) ? [] : [[key, withoutAddress(inner)]])),
  );
};

export const fingerprintHash = (whole: Fingerprint): string => {
  const all: Json = Object.fromEntries(parts.map((part) => [part, comparable(whole)[part]]));
  return digest(all);
};

/** What differs between two fingerprints, a line each. */
export const differences = (then: Fingerprint, now: Fingerprint): readonly string[] =>
  parts.flatMap((part) => {
    const [before, after] = [comparable(then)[part], comparable(now)[part]].map((value) => leaves(value, part));
    if (before === undefined || after === undefined) return [];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) =>
      before.get(path) === after.get(path) ? [] : [`${path}: ${shown(before.get(path))} → ${shown(after.get(path))}`],
    );
  });

const leaves = (value: unknown, path: string): ReadonlyMap<string, string> =>
  typeof value === "object" && value !== null
    ? new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, `${path}.${key}`)]))
    : new Map([[path, String(value)]]);

const longestShown = 40;

const shown = (value: string | undefined): string => {
  if (value === undefined) return "nothing";
  if (/^[0-9a-f]{64}$/.test(value)) return value.slice(0, 8);
  return value.length <= longestShown && !value.includes("\n") ? value : `a text (${digest(value).slice(0, 8)})`;
};
