export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A set of known names that stays open: completion for the known ones, any string allowed. */
export type Open<T extends string> = T | (string & {});
