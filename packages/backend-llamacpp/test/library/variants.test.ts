import { describe, expect, it } from "vitest";
import { chooseVariant } from "../../src/library/variants.ts";

const none = { nvidia: false, vulkan: false };
const nvidia = { nvidia: true, vulkan: true };
const other = { nvidia: false, vulkan: true };

describe("the variant of node-llama-cpp", () => {
  it.each([
    [false, "linux-x64", nvidia, ["linux-x64"]],
    ["auto", "linux-x64", none, ["linux-x64"]],
    ["auto", "linux-x64", nvidia, ["linux-x64-cuda", "linux-x64-cuda-ext", "linux-x64"]],
    ["auto", "linux-x64", other, ["linux-x64-vulkan", "linux-x64"]],
    ["cuda", "linux-x64", none, ["linux-x64-cuda", "linux-x64-cuda-ext", "linux-x64"]],
    ["vulkan", "win32-x64", none, ["win-x64-vulkan", "win-x64"]],
    [false, "win32-x64", none, ["win-x64"]],
    [false, "linux-arm64", none, ["linux-arm64"]],
    ["auto", "linux-arm64", nvidia, ["linux-arm64"]],
    [false, "darwin-arm64", none, ["mac-arm64-metal"]],
    ["auto", "darwin-arm64", none, ["mac-arm64-metal"]],
    ["metal", "darwin-arm64", none, ["mac-arm64-metal"]],
    [false, "darwin-x64", none, ["mac-x64"]],
  ] as const)("for gpu: %s on %s, where %o was seen, is %o", (gpu, platform, seen, binaries) => {
    expect(chooseVariant(gpu, platform, seen)).toEqual({ name: binaries[0], binaries });
  });

  it.each([
    ["cuda", "darwin-arm64", "AIDE_GPU_UNAVAILABLE"],
    ["metal", "linux-x64", "AIDE_GPU_UNAVAILABLE"],
    ["vulkan", "linux-arm64", "AIDE_GPU_UNAVAILABLE"],
    [false, "aix-ppc64", "AIDE_LLAMACPP_UNAVAILABLE"],
  ] as const)("is missing for gpu: %s on %s", (gpu, platform, code) => {
    expect(() => chooseVariant(gpu, platform, none)).toThrow(expect.objectContaining({ code }));
  });
});
