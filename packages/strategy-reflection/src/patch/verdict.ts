/**
 * What a run of a script showed: it passes, it fails as the original does, or anything else, which proves nothing. Seeds and hash seed are the caller's
 * to fix.
 */
export type Verdict = "pass" | "same-failure" | "other";

export type Test = (text: string) => Promise<Verdict>;

/** Of a full edit and a part of it the part, unless only the full edit passes. */
export const standing = async ({
  full,
  part,
  test,
}: {
  readonly full: string;
  readonly part: string;
  readonly test: Test;
}): Promise<string> => {
  if (part === full || (await test(part)) === "pass") return part;
  return (await test(full)) === "pass" ? full : part;
};
