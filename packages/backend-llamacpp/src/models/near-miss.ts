const distance = (a: string, b: string): number => {
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
  return row[b.length] ?? a.length;
};

/** The known name that `given` was most likely meant to be, or `undefined` when none is near. */
export const nearMiss = (given: string, known: readonly string[]): string | undefined => {
  const wanted = given.toLowerCase();
  const ranked = known
    .map((name) => ({ name, edits: name.startsWith(wanted) && wanted.length > 2 ? 0 : distance(wanted, name) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, Math.ceil(best.name.length / 3)) ? best.name : undefined;
};
