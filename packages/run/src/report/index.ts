export { promptText } from "./prompt-text.ts";
export { counted, oneLine, resultOf, scoreOf, shownScore } from "./report.ts";
