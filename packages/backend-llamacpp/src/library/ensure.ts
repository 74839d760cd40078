import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seenGpus, type DownloadProgress } from "@aide-ts/backend-kit";
import { AideError } from "@aide-ts/plugin";
import { install, isInstalled } from "./install.ts";
import { findOwned, type Owned } from "./locate.ts";
import { installationOf, libraryVersion, type Installation } from "./lock.ts";
import type { Variables } from "./npm.ts";
import { chooseVariant, type AskedGpu, type SeenGpus } from "./variants.ts";

export interface LibraryRequest {
  readonly gpu: AskedGpu;
  readonly cacheFolder: string;
  readonly env: Variables;
  /** Files whose own node-llama-cpp is taken where they have one: of this package, and of the user's project. */
  readonly owners?: readonly string[];
}

const defaultOwners = (): readonly string[] => [fileURLToPath(import.meta.url), join(process.cwd(), "package.json")];

const looked = async (gpu: AskedGpu, env: Variables): Promise<SeenGpus> => {
  if (gpu !== "auto") return { nvidia: false, vulkan: false };
  const nodes = await readdir("/dev/dri").catch(() => []);
  return { nvidia: (await seenGpus(env)).length > 0, vulkan: nodes.some((name) => name.startsWith("renderD")) };
};

type Found =
  | (Owned & { readonly kind: "owned" })
  | { readonly kind: "cache"; readonly from: string; readonly folder: string; readonly wanted: Installation };

/** A copy that somebody has as a dependency comes first; else its place in the cache. */
const find = async ({ gpu, cacheFolder, env, owners }: LibraryRequest): Promise<Found> => {
  const version = await libraryVersion();
  const owned = await findOwned(owners ?? defaultOwners(), version);
  if (owned !== undefined) return { kind: "owned", ...owned };
  const variant = chooseVariant(gpu, `${process.platform}-${process.arch}`, await looked(gpu, env));
  const folder = join(cacheFolder, "llamacpp", `${version}-${variant.name}`);
  return { kind: "cache", from: join(folder, "package.json"), folder, wanted: await installationOf(variant) };
};

/** What a person is shown of node-llama-cpp. */
export interface LibraryState {
  readonly title: string;
  /** `unavailable`: aide cannot install it on this machine. */
  readonly state: "ready" | "absent" | "unavailable";
}

/** Whether node-llama-cpp is here, and whose. Installs nothing. */
export const libraryState = async (request: LibraryRequest): Promise<LibraryState> => {
  const found = await find(request).catch((error: unknown) => {
    if (AideError.is(error)) return undefined;
    throw error;
  });
  if (found === undefined) return { title: "node-llama-cpp", state: "unavailable" };
  if (found.kind === "owned") return { title: `node-llama-cpp ${found.version} (a dependency)`, state: "ready" };
  const { folder, wanted } = found;
  return { title: wanted.title, state: (await isInstalled(folder, wanted)) ? "ready" : "absent" };
};

interface Watched {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (title: string, progress: DownloadProgress) => void;
}

/**
 * Gives a file that finds node-llama-cpp, and installs it into the cache where nobody has it.
 *
 * Rejects with `AIDE_LLAMACPP_UNAVAILABLE`, `AIDE_GPU_UNAVAILABLE`, and what an installation rejects with.
 */
export const ensureLibrary = async (request: LibraryRequest, { signal, onProgress }: Watched = {}): Promise<string> => {
  const found = await find(request);
  if (found.kind === "owned") return found.from;
  const { folder, wanted, from } = found;
  if (!(await isInstalled(folder, wanted)))
    await install(folder, wanted, {
      env: request.env,
      signal,
      onProgress: (progress) => onProgress?.(wanted.title, progress),
    });
  return from;
};
