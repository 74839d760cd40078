/**
 * The chance that at least one of k runs passes, of n of which c did; without bias (Chen et al. 2021, "Evaluating Large Language Models
 * Trained on Code", equation 1).
 * @returns nothing where fewer than k were run: no estimate without bias exists
 */
export const passAtK = (n: number, c: number, k: number): number | undefined => {
  if (k > n) return undefined;
  if (n - c < k) return 1;
  let none = 1;
  for (let drawn = 0; drawn < k; drawn += 1) none *= (n - c - drawn) / (n - drawn);
  return 1 - none;
};
