/** Edits that make `a` into each beginning of `b`, from none of it to all of it. */
const distances = (a: string, b: string): readonly number[] => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    let left = index + 1;
    const next = [left];
    for (let column = 0; column < b.length; column++) {
      const replaced = (row[column] ?? 0) + (letter === b[column] ? 0 : 1);
      left = Math.min(replaced, left + 1, (row[column + 1] ?? 0) + 1);
      next.push(left);
    }
    row = next;
  }
  return row;
};

/** The known name that `given`, misspelt or cut short, was most likely meant to be; `undefined` when none is near. */
export const nearMiss = (given: string, known: readonly string[]): string | undefined => {
  const wanted = given.toLowerCase();
  const allowed = Math.floor(wanted.length / 4);
  return known
    .map((name) => ({ name, edits: Math.min(...distances(wanted, name)) }))
    .filter(({ edits }) => edits <= allowed && edits < wanted.length)
    .sort((a, b) => a.edits - b.edits)[0]?.name;
};
