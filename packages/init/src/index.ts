export { init, type InitFlags, type InitShell } from "./command.ts";
export { configText, type FirstConfig } from "./config-text.ts";
export { foundModels, type FoundModel } from "./found-models.ts";
export { terminalQuestions, type Choice, type Questions } from "./questions.ts";
