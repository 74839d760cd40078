import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { registryNotSearched } from "../errors/plugins.ts";

/** A package of plugins in a registry. */
export interface PublishedPlugin {
  readonly package: string;
  readonly version: string;
  readonly description: string;
}

interface Asking {
  /** Where npm looks for its configuration, which says what registry is asked, and with which credentials. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const keyword = "aide-plugin";
const most = 100;

const found = z.array(
  z.looseObject({
    name: z.string(),
    version: z.string().default(""),
    description: z.string().default(""),
    keywords: z.array(z.string()).default([]),
  }),
);

const failure = z.object({ error: z.object({ code: z.string().default(""), summary: z.string().default("") }) });

/**
 * Packages with the keyword `aide-plugin` that the registry of the user's npm knows, aide's own left out, in the registry's order.
 * @param words what they shall be about; all of them without
 * @throws AIDE_REGISTRY_SEARCH, and the signal's reason
 */
export const publishedPlugins = async (
  words: readonly string[],
  { cwd, env, signal }: Asking,
): Promise<readonly PublishedPlugin[]> => {
  const { stdout } = await promisify(execFile)(
    "npm",
    ["search", "--json", `--searchlimit=${most}`, "--no-update-notifier", `keywords:${keyword}`, "--", ...words],
    { cwd, env, signal, maxBuffer: 2 ** 26 },
  ).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw registryNotSearched(reasonOf(cause), cause);
  });
  const packages = found.safeParse(parsed(stdout));
  if (!packages.success) throw registryNotSearched("its answer is no list of packages", packages.error);
  return packages.data
    .filter(({ name, keywords }) => keywords.includes(keyword) && !name.startsWith("@aide-ts/"))
    .map(({ name, version, description }) => ({ package: name, version, description }));
};

/** npm prints why it failed as JSON, too. */
const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause);
  if ("code" in cause && cause.code === "ENOENT") return "there is no npm on the PATH";
  const printed = failure.safeParse("stdout" in cause ? parsed(String(cause.stdout)) : undefined).data?.error;
  return printed === undefined ? cause.message : `${printed.code} ${printed.summary}`.trim();
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
