/** A path into a Python installation, wherever it lies. It is looked for at the beginnings of words alone: from each letter of one, a long word would take the square of its length. */
const pythonPath = /(?<![^\s"'(),:=[\]])[^\s"'(),:=[\]]*\/lib\/(python3\.\d+)\/(?:(?:site|dist)-packages\/)?/g;

/**
 * Makes paths independent of where they lie on this machine: what is in the script's folder from there, what is in Python from `site-packages/` or
 * `python3.11/`. Logs then name no one's home, and the same script prints the same wherever it runs.
 */
export const portablePaths =
  (folder: string, temporaryFolder: string) =>
  (text: string): string =>
    text
      .replaceAll(temporaryFolder, "./.tmp")
      .replaceAll(folder, ".")
      .replaceAll(pythonPath, (path, version: string) =>
        path.endsWith("-packages/") ? "site-packages/" : `${version}/`,
      );
