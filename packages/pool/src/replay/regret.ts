import type { Landscape } from "../landscapes/landscape.ts";

/**
 * Simple regret of what would be submitted: how far its worth lies from the optimum, as a share of how far the median draft does. 1 for a solution that
 * is no better than that, and without a valid one.
 */
export const regretOf = (
  { optimum, median }: Pick<Landscape, "optimum" | "median">,
  worth: number | undefined,
): number => {
  if (worth === undefined) return 1;
  const distance = Math.abs(worth - optimum);
  const whole = Math.abs(median - optimum);
  return distance >= whole ? Number(distance > 0) : distance / whole;
};
