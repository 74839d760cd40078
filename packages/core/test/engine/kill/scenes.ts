import { sketchChains, sketchSearches, type Staged } from "@aide-ts/testing";

export const chains = [
  "self-consistency(reflection)",
  "code-chain(reflection)",
  "self-consistency(forcing(reflection))",
];
export const searches = ["random", "uct"];
export const slotNumbers = [1, 3, 8];

export const scene = (chain: string, search: string, slots: number): Staged => ({
  strategies: sketchChains[chain] ?? [],
  search: sketchSearches[search] ?? (() => ({ ask: () => ({ kind: "done", reason: "" }), tell: () => undefined })),
  slots,
  limits: { steps: 10 },
});
