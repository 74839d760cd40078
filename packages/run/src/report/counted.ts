/** `1 call`, `2 calls`: how many of what has a plain plural. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
