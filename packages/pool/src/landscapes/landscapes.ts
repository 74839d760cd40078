import { buggy } from "./buggy.ts";
import { capped } from "./capped.ts";
import type { Landscape } from "./landscape.ts";
import { noisy } from "./noisy.ts";
import { smooth } from "./smooth.ts";

/** The landscapes that follow from formulas, fixed and committed before any search was run on them. */
export const landscapes: readonly Landscape[] = [smooth, capped, noisy, buggy];
