import type { Evaluation, Execution } from "@aide-ts/plugin";
import type { RepairCase } from "./repair-case.ts";

type Kind = RepairCase["failure"]["kind"];

type Invalid = Extract<Evaluation, { readonly valid: false }>;

const apiMessage =
  /unexpected keyword argument|has no attribute|no attribute '|parameter of \w+ must be|Unknown (objective|metric)|Invalid (classification|regression|parameter)/i;

/** Modules, also by the names that scripts give them. */
const modules = new Set(
  "pd np os lgb xgb plt sns re math json stats numpy pandas sklearn lightgbm xgboost catboost scipy".split(" "),
);

/**
 * What kind of mistake made a script fail, by fixed rules over what Python says, in the words of a critique's findings. `path`: files that are not there, also the
 * submission; `metric`: predictions on which the metric is not defined; `other`: the script does not parse or ran out of time or memory.
 */
export const failureKind = (
  code: string,
  { cause, feedback }: Pick<Invalid, "cause" | "feedback">,
  exception: Execution["exception"],
): Kind => {
  const { type, message } = exception ?? { type: "", message: feedback };
  switch (type) {
    case "ImportError":
    case "ModuleNotFoundError":
      return "import";
    case "NameError":
      return isForgottenImport(code, /name '(\w+)'/.exec(message)?.[1] ?? "") ? "import" : "logic";
    case "FileNotFoundError":
    case "NotADirectoryError":
    case "IsADirectoryError":
      return "path";
    case "SyntaxError":
    case "IndentationError":
    case "TabError":
    case "MemoryError":
      return "other";
  }
  if (type === "InvalidParameterError" || apiMessage.test(message)) return "hallucinated-api";
  if (type !== "") return "logic";
  if (cause === "no-submission") return "path";
  if (cause === "bad-submission") return /no finite/.test(feedback) ? "metric" : "logic";
  return "other";
};

/** A name that is called, or is a class or a module by its looks, and is nowhere assigned. */
const isForgottenImport = (code: string, name: string): boolean =>
  name !== "" &&
  !new RegExp(`^\\s*${name}\\s*=[^=]`, "m").test(code) &&
  (/^[A-Z]/.test(name) || modules.has(name) || new RegExp(`(?<![.\\w])${name}\\(`).test(code));
