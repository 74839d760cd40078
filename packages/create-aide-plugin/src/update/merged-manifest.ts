import { z } from "zod";
import { manifestText } from "../scaffold/manifest.ts";

const names = z.record(z.string(), z.unknown());
const manifest = z.looseObject({});

/** What a scaffold and its author both write into; of all else in a package.json the author's stands. */
const shared = ["publishConfig", "engines", "scripts", "dependencies", "peerDependencies", "devDependencies"];

/** The author's package.json with what the scaffold says of scripts, dependencies and publishing. */
export const mergedManifest = (authors: string, scaffolds: string): string => {
  const [ours, theirs] = [parsed(authors), parsed(scaffolds)];
  // What cannot be read is for its author to fix.
  if (ours === undefined || theirs === undefined) return scaffolds;
  const merged = shared.map((key) => [key, { ...entries(ours[key]), ...entries(theirs[key]) }] as const);
  return manifestText({ ...ours, ...Object.fromEntries(merged) });
};

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    return manifest.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const entries = (value: unknown): Readonly<Record<string, unknown>> => names.safeParse(value).data ?? {};
