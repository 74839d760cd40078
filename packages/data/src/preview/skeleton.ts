import { PromptTemplate } from "@aide-ts/core";
import type { SubmissionFormat } from "@aide-ts/plugin";
import { columnNamed, columnNames, type Column, type Table } from "../dataset.ts";
import type { Roles } from "../roles/roles.ts";
import { columnLiteral, quoted, readCall } from "./python.ts";

export interface SkeletonRequest {
  readonly roles: Roles;
  readonly submission: SubmissionFormat;
  /** Where the rows to predict lie, relative to `./input`. */
  readonly testPath: string;
  readonly metric: string;
  /** Whether the target's values are classes. */
  readonly classes: boolean;
  /** What answers are turned into, as the sample submission shows them. */
  readonly answers: "as they are" | "whole numbers" | "0 and 1" | "truth values";
}

/** The prompt files with scripts to fill in: one for whole scripts, and one of functions, each of which can be written anew alone. */
export type ScriptFile = "coder/skeleton" | "coder/frame";

/** A column for each of more values would fill the memory. */
const mostCategories = 1000;

/**
 * A generic pipeline for tables, with `...` where the model must choose. What is filled in are names of files and columns and how they are read, nothing
 * about the data.
 */
export const renderSkeleton = (
  source: string,
  request: SkeletonRequest,
  file: ScriptFile = "coder/skeleton",
): string => {
  const { roles, submission, metric } = request;
  const train = roles.whole;
  const several = submission.targets.length > 1;
  const name = (column: string) => columnLiteral(column, train);
  const images = imageColumns(request);
  const [message] = new PromptTemplate(file, source).render({
    metric,
    read: readLines(request).join("\n"),
    target: several ? `[${submission.targets.map(name).join(", ")}]` : name(submission.targets[0] ?? ""),
    excluded: [...new Set([...excluded(request), ...(file === "coder/frame" ? images : [])])].map(name).join(", "),
    categories: train.columns.some(
      ({ type, unique }) => (type === "text" || type === "category") && unique > mostCategories,
    )
      ? ", max_categories=100"
      : "",
    wrapper: several ? (request.classes ? "MultiOutputClassifier" : "MultiOutputRegressor") : "",
    transformed: several || request.classes ? "" : "yes",
    text: textColumns(request).map(name).join(", "),
    images: images.map(name).join(", "),
    labels: labelsOf(request),
    predictions: file === "coder/frame" ? adjustedPredictions(request) : predictionsOf(request, "test[features]"),
    submission: submissionLines(request).join("\n"),
  });
  return message?.content ?? "";
};

const testOf = ({ roles: { test, whole } }: SkeletonRequest): Table => test ?? whole;

/** Reads the tables, puts labels to features, and turns into numbers and text what no argument of pandas does. */
const readLines = (request: SkeletonRequest): readonly string[] => {
  const { roles, testPath } = request;
  const { labels } = roles;
  const parts = roles.train.map((part) => readCall(part, part.path));
  const features = parts.length === 1 ? (parts[0] ?? "") : `pd.concat([${parts.join(", ")}], ignore_index=True)`;
  const test = readCall(testOf(request), testPath);
  return [
    `train = ${labels === undefined ? features : withLabels(features, labels)}`,
    `test = ${test}`,
    ...joins(roles),
    ...conversions(request),
    ...dates(request),
  ];
};

/** Puts the further features of each row beside it: the mean of their numbers where a row has many of them. */
const joins = ({ companions, id }: Roles): readonly string[] =>
  companions.flatMap(({ train, test, on, testOn, rows }, at) => {
    const join = (frame: string, table: Table, key: string, own: string | undefined): string => {
      const one = rows === "one" ? `set_index(${quoted(key)})` : `groupby(${quoted(key)}).mean(numeric_only=True)`;
      const by = quoted(own ?? key);
      return `${frame} = ${frame}.join(${readCall(table, table.path)}.${one}, on=${by}, rsuffix=${quoted(suffix(at))})`;
    };
    return [join("train", train, on, id.train[0]), join("test", test, testOn, id.test[0])];
  });

/** Of columns whose names the rows have already. */
const suffix = (at: number): string => `_${at + 2}`;

/** Columns that `joins` adds and pandas reads as True and False, as they are called then. */
const joinedTruths = ({ whole, companions }: Roles): readonly string[] => {
  const taken = new Set(columnNames(whole));
  return companions.flatMap((companion, at) => {
    const added = companion.train.columns.filter(({ name }) => name !== companion.on);
    return added.flatMap((column) => {
      const name = taken.has(column.name) ? `${column.name}${suffix(at)}` : column.name;
      taken.add(name);
      return companion.rows === "one" && isTruth(column) ? [name] : [];
    });
  });
};

const withLabels = (features: string, { table, join }: NonNullable<Roles["labels"]>): string => {
  const labels = readCall(table, table.path);
  if (join === undefined) return `pd.concat([${features}, ${labels}], axis=1)`;
  const same = join.features.join() === join.labels.join();
  const list = (names: readonly string[]) =>
    names.length === 1 ? quoted(names[0] ?? "") : `[${names.map(quoted).join(", ")}]`;
  return `${features}.merge(${labels}, ${same ? `on=${list(join.features)}` : `left_on=${list(join.features)}, right_on=${list(join.labels)}`})`;
};

const conversions = (request: SkeletonRequest): readonly string[] => {
  const { roles, classes, submission } = request;
  const train = roles.whole;
  const test = testOf(request);
  const labelled = roles.labels?.table ?? train;
  const lines: string[] = [];
  for (const column of [...train.columns, ...(labelled === train ? [] : labelled.columns)]) {
    const other = columnNamed(test, column.name);
    const isTarget = submission.targets.includes(column.name);
    if (isTarget && classes) continue;
    const frames = [
      ...(labelled.columns.includes(column) || train.columns.includes(column) ? ["train"] : []),
      ...(other === undefined || isTarget ? [] : ["test"]),
    ];
    const conversion = toNumber(column, other);
    if (conversion !== undefined)
      for (const frame of frames)
        lines.push(
          `${frame}[${columnLiteral(column.name, train)}] = ${conversion(`${frame}[${columnLiteral(column.name, train)}]`)}`,
        );
  }
  const truths = [
    ...train.columns.flatMap((column) =>
      isTruth(column) && !submission.targets.includes(column.name) && columnNamed(test, column.name) !== undefined
        ? [columnLiteral(column.name, train)]
        : [],
    ),
    ...joinedTruths(roles).map(quoted),
  ];
  if (truths.length > 0) {
    const names = `[${truths.join(", ")}]`;
    lines.push(...["train", "test"].map((frame) => `${frame}[${names}] = ${frame}[${names}].astype(str)`));
  }
  const gaps = submission.targets.some((target) => (columnNamed(labelled, target)?.missing ?? 0) > 0);
  if (gaps)
    lines.push(
      `train = train.dropna(subset=[${submission.targets.map((target) => columnLiteral(target, labelled)).join(", ")}])`,
    );
  return lines;
};

/** A date is a number of days, a month and a day of the week: as text, every day would be a category of its own. */
const dates = (request: SkeletonRequest): readonly string[] => {
  const train = request.roles.whole;
  const test = testOf(request);
  const columns = train.columns.filter(
    ({ name, type }) =>
      type === "date" &&
      ["date", "empty"].includes(columnNamed(test, name)?.type ?? "") &&
      !isIdOrTarget(request, name),
  );
  return [false, true].flatMap((dayFirst) => {
    const names = columns.filter((column) => (column.dayFirst ?? false) === dayFirst).map(({ name }) => name);
    return names.length === 0
      ? []
      : [
          "for table in (train, test):",
          `    for column in [${names.map((name) => columnLiteral(name, train)).join(", ")}]:`,
          `        date = pd.to_datetime(table[column], errors="coerce", format="mixed",${dayFirst ? " dayfirst=True," : ""} utc=True)`,
          '        table[column] = (date - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(days=1)',
          // Names of two kinds, numbers and text, are refused by scikit-learn.
          ...(train.headerless
            ? []
            : ['        table[f"{column} month"], table[f"{column} weekday"] = date.dt.month, date.dt.weekday']),
        ];
  });
};

const isIdOrTarget = ({ roles: { id, targets } }: SkeletonRequest, name: string): boolean =>
  targets.includes(name) || (id.train.length === 1 && id.train.includes(name));

/** Columns that pandas reads as True and False: the imputer takes none of them. */
const isTruth = ({ type, values }: Column): boolean =>
  type === "boolean" && values.every((value) => value === "True" || value === "False");

const isNumeric = (column: Column | undefined): boolean => column?.type === "integer" || column?.type === "number";

/** How a column becomes numbers: a unit is taken away, or words in one of the tables are left out. */
const toNumber = (column: Column, other: Column | undefined): ((cells: string) => string) | undefined => {
  const style = column.style ?? other?.style;
  if (style !== undefined) {
    const point = style.decimal === "," ? '.str.replace(".", "").str.replace(",", ".")' : "";
    return (cells) =>
      `pd.to_numeric(${cells}.astype(str)${point}.str.replace(r"[^0-9eE.+-]", "", regex=True), errors="coerce")`;
  }
  const mixed =
    other !== undefined && other.type !== "empty" && column.type !== "empty" && isNumeric(column) !== isNumeric(other);
  return mixed && (column.type !== "boolean" || other.type !== "boolean")
    ? (cells) => `pd.to_numeric(${cells}, errors="coerce")`
    : undefined;
};

/** Columns of the test rows that are no features. */
const excluded = ({ roles: { id, targets, train } }: SkeletonRequest): readonly string[] => {
  const known = columnNames(train[0]);
  // Of several columns that name a row together, each one says something of it.
  const ids = id.train.length > 1 ? [] : id.train;
  return [...new Set([...ids, ...targets])].filter((name) => name !== "" && known.includes(name));
};

const labelsOf = ({ submission: { kind, classes = [] } }: SkeletonRequest): string => {
  const positive = classes.at(-1);
  if (kind === "probability" && classes.length === 2 && positive !== undefined && !isNumberOrTruth(positive))
    return `(train[target] == ${quoted(positive)}).astype(int)`;
  return kind === "class-probabilities" ? "train[target].astype(str)" : "train[target]";
};

/** `wrapped`: what is done with the array of the model's predictions. */
const predictionsOf = (
  { submission: { kind }, answers }: SkeletonRequest,
  features: string,
  wrapped = (predictions: string): string => predictions,
): string => {
  if (kind === "probability") return wrapped(`model.predict_proba(${features})[:, 1]`);
  if (kind === "class-probabilities")
    return `pd.DataFrame(${wrapped(`model.predict_proba(${features})`)}, columns=model.classes_, index=test.index)`;
  const cast = {
    "as they are": "",
    "whole numbers": ".round().astype(int)",
    "0 and 1": ".astype(int)",
    "truth values": ".astype(bool)",
  };
  return `${wrapped(`model.predict(${features})`)}${cast[answers]}`;
};

const adjustedPredictions = (request: SkeletonRequest): string =>
  predictionsOf(request, "test_features", (predictions) => `adjust_predictions(${predictions})`);

/** Features that are sentences rather than names of something. */
const textColumns = (request: SkeletonRequest): readonly string[] => {
  const no = new Set(excluded(request));
  const known = new Set(columnNames(testOf(request)));
  return request.roles.whole.columns.flatMap(({ name, type, values }) => {
    const words = values.map((value) => value.split(/\s+/).length);
    const isText = type === "text" && words.length > 0 && words.reduce((sum, one) => sum + one, 0) / words.length >= 3;
    return isText && known.has(name) && !no.has(name) ? [name] : [];
  });
};

const imageName = /\.(?:png|jpe?g|gif|bmp|tiff?|webp)$/i;

/** Columns of the rows to predict, ids among them, that name files of images. */
const imageColumns = (request: SkeletonRequest): readonly string[] => {
  const known = new Set(columnNames(testOf(request)));
  return request.roles.whole.columns.flatMap(({ name, values }) =>
    values.length > 0 && values.every((value) => imageName.test(value)) && known.has(name) ? [name] : [],
  );
};

/** Ids from the test rows, under the names that the submission wants; an index without a name stays the index. */
const submissionLines = (request: SkeletonRequest): readonly string[] => {
  const { roles, submission } = request;
  const { columns, id, kind, classes = [], targets } = submission;
  const isIndex = id.length === 1 && id[0] === "";
  const own = roles.id.test.length > 0 ? roles.id.test : roles.id.train;
  const answers = columns.filter((column) => !id.includes(column));
  const cells = columns.flatMap((column) => {
    const at = id.indexOf(column);
    if (at !== -1)
      return isIndex ? [] : [`${quoted(column)}: test[${columnLiteral(own[at] ?? column, testOf(request))}]`];
    const answer = answers.indexOf(column);
    if (kind === "class-probabilities") return [`${quoted(column)}: predictions[${quoted(classes[answer] ?? column)}]`];
    return [`${quoted(column)}: predictions${targets.length > 1 ? `[:, ${answer}]` : ""}`];
  });
  return [
    `submission = pd.DataFrame({${cells.join(", ")}}${isIndex ? ", index=test.index" : ""})`,
    `submission.to_csv("./submission/submission.csv"${isIndex ? "" : ", index=False"})`,
  ];
};

/** What pandas does not read as text. */
const isNumberOrTruth = (label: string): boolean =>
  /^(true|false)$/i.test(label.trim()) || Number.isFinite(Number(label));
