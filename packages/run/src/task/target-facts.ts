import { classTokens, columnNamed, type Roles } from "@aide-ts/data";
import type { TargetFacts } from "@aide-ts/evaluation";

/** What is known of the columns to predict, for choosing a metric and holding it against them. */
export const targetFacts = (
  roles: Roles,
): { readonly targets: readonly TargetFacts[]; readonly answer: "value" | "class-probabilities" } => ({
  targets: roles.targets.map((name) => {
    const column = columnNamed(roles.labels?.table ?? roles.whole, name);
    if (column === undefined) return { name, type: "empty", unique: 0 };
    const words = classTokens(column);
    const classes = column.values.length >= column.unique ? { classes: [...column.values, ...words] } : {};
    return {
      name,
      type: column.style === undefined ? column.type : "number",
      unique: column.unique + words.length,
      ...classes,
    };
  }),
  answer: roles.answer.kind,
});
