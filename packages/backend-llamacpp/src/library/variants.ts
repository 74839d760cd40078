import { gpuUnavailable, libraryUnavailable } from "../errors.ts";

/** What a config asks for: `gpu` of the options. */
export type AskedGpu = false | "auto" | "cuda" | "vulkan" | "metal";

/** What `gpu: auto` looks for. */
export interface SeenGpus {
  readonly nvidia: boolean;
  readonly vulkan: boolean;
}

export interface Variant {
  /** Names its folder in the cache. */
  readonly name: string;
  /** Packages that hold its native code, without their scope. */
  readonly binaries: readonly string[];
}

type Kind = "cpu" | "cuda" | "vulkan" | "metal";

const withGpus = (name: string): ReadonlyMap<Kind, readonly string[]> =>
  new Map([
    ["cpu", [name]],
    // A GPU whose driver is too old is found out by loading: `auto` then needs the code for the CPU.
    ["cuda", [`${name}-cuda`, `${name}-cuda-ext`, name]],
    ["vulkan", [`${name}-vulkan`, name]],
  ]);
const cpuOnly = (name: string): ReadonlyMap<Kind, readonly string[]> => new Map([["cpu", [name]]]);

/** Which packages node-llama-cpp loads on which machine. */
const platforms: ReadonlyMap<string, ReadonlyMap<Kind, readonly string[]>> = new Map([
  ["linux-x64", withGpus("linux-x64")],
  ["linux-arm64", cpuOnly("linux-arm64")],
  ["linux-arm", cpuOnly("linux-armv7l")],
  ["linux-riscv64", cpuOnly("linux-riscv64")],
  ["darwin-x64", cpuOnly("mac-x64")],
  // Its only binary; whether a GPU is used is decided when it is loaded.
  ["darwin-arm64", new Map<Kind, readonly string[]>([["metal", ["mac-arm64-metal"]]])],
  ["win32-x64", withGpus("win-x64")],
  ["win32-arm64", cpuOnly("win-arm64")],
]);

/** All packages with native code, for the lock. */
export const allBinaries: readonly string[] = [
  ...new Set([...platforms.values()].flatMap((kinds) => [...kinds.values()].flat())),
];

const wanted = (gpu: AskedGpu, seen: SeenGpus): readonly Kind[] => {
  if (gpu === false) return ["cpu", "metal"];
  if (gpu !== "auto") return [gpu];
  return ["metal", ...(seen.nvidia ? (["cuda"] as const) : []), ...(seen.vulkan ? (["vulkan"] as const) : []), "cpu"];
};

/**
 * The one variant that a machine needs. `platform`: `process.platform` and `process.arch`, as `linux-x64`.
 * @throws AIDE_LLAMACPP_UNAVAILABLE, AIDE_GPU_UNAVAILABLE
 */
export const chooseVariant = (gpu: AskedGpu, platform: string, seen: SeenGpus): Variant => {
  const kinds = platforms.get(platform);
  if (kinds === undefined) throw libraryUnavailable(platform, {});
  const binaries = wanted(gpu, seen)
    .map((kind) => kinds.get(kind))
    .find((found) => found !== undefined);
  if (binaries === undefined) throw gpuUnavailable(String(gpu), { platform });
  return { name: binaries[0] ?? platform, binaries };
};
