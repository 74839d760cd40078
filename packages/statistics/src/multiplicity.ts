import adjust from "@stdlib/stats-padjust";

/**
 * Step-down correction (Holm 1979, "A simple sequentially rejective multiple test procedure"): p-values that keep the chance of any false
 * claim among them, in their order. It asks nothing of how they depend on each other.
 */
export const holm = (p: readonly number[]): readonly number[] => (p.length === 0 ? [] : [...adjust([...p], "holm")]);

/**
 * The fewest tasks on which the least p-value that signs can show still passes Holm's first step: 6 for one contrast, 7 for three, 9 for seven.
 * Below it, no claim about tasks like these is made.
 */
export const fewestTasks = (contrasts: number, alpha = 0.05): number =>
  Math.max(2, Math.ceil(1 - Math.log2(alpha / contrasts) - 1e-12));
