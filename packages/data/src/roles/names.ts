/** A name to compare: letters and digits alone, in small letters. */
export const bare = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

const words = (path: string): readonly string[] =>
  (path.split("/").at(-1) ?? path)
    .replace(/\.[^.]*$/, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase()
    .split(/[^a-z]+/);

const says = (path: string, known: readonly string[]): boolean => {
  const own = words(path);
  return known.some((word) => own.includes(word));
};

/** What the words of a file's name suggest. They break ties, and decide nothing that the content says. */
export const suggests = {
  train: (path: string): boolean =>
    says(path, ["train", "training", "trn", "labelled", "labeled"]) || /(^|\W)train/i.test(path),
  test: (path: string): boolean =>
    says(path, ["test", "testing", "tst", "unlabelled", "unlabeled", "predict", "score", "scoring", "new"]),
  holdout: (path: string): boolean =>
    says(path, ["eval", "evaluation", "holdout", "valid", "validation", "val", "dev"]),
  sample: (path: string): boolean =>
    says(path, ["submission", "submissions", "submit", "format", "benchmark", "samplesubmission"]) ||
    (says(path, ["sample", "example"]) && !says(path, ["train", "training", "test"])),
  labels: (path: string): boolean =>
    says(path, ["labels", "label", "target", "targets", "y", "answers", "solution", "truth"]),
};

/** Files whose names differ only in a number: parts of one table. */
export const withoutNumber = (path: string): string => path.toLowerCase().replaceAll(/[\d]+/g, "#");

const idNames =
  /^(id|ids|idx|index|key|uid|pid|gid|sid|cid|eid|oid|uuid|guid|no|nr|num|number|row|rownum|rowid|rownames?|code|ref|serial|unnamed:? ?0)$/;

/** Whether a column is called as ids are. */
export const isIdName = (name: string): boolean => {
  const plain = name.trim().toLowerCase();
  return (
    plain === "" ||
    idNames.test(plain) ||
    /(^|[^a-z])(id|key|no|nr|uuid|guid)$/.test(plain) ||
    /[a-z](Id|ID|Key|No)$/.test(name) ||
    /^id[_ -]/.test(plain)
  );
};

const targetNames = ["target", "label", "labels", "class", "y", "outcome", "response", "output"];

/** Whether a column is called as what is to be predicted often is. */
export const isTargetName = (name: string): boolean => targetNames.includes(name.trim().toLowerCase());
