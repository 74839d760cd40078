const item = /^\s*(?:\d+\s*[.):]|[-*•])\s+(.+)$/;

/** The points of a list, numbered or not, without marks of Markdown; each once, at most `most`. */
export const pointsIn = (text: string, most: number): readonly string[] => {
  const points = text
    .split("\n")
    .flatMap((line) => item.exec(line)?.[1] ?? [])
    .map((point) => point.replaceAll(/\*\*|__/g, "").trim())
    .filter((point) => point !== "");
  return [...new Set(points)].slice(0, most);
};

export const asList = (points: readonly string[]): string =>
  points.map((point, at) => `${at + 1}. ${point}`).join("\n");
