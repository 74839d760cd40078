export const suiteName = "tabular-small";
