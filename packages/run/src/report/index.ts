export { renderChain, type ChainLevel, type Explained } from "./chain.ts";
export { explanationOf } from "./explanation.ts";
export { promptText } from "./prompt-text.ts";
export {
  controlLine,
  counted,
  ensembleLine,
  freshLine,
  insteadLine,
  oneLine,
  resultOf,
  scoreOf,
  shownScore,
} from "./report.ts";
export { alignedTable, markdownTable } from "./table.ts";
