export { StreamedAnswer, type Asked } from "./answer/streamed-answer.ts";
export { OpenAiBackend } from "./backend.ts";
export { servedModels, type ServedModel } from "./describe.ts";
export { options, serverOptions, type OpenAiOptions } from "./options.ts";
export { plugin as default } from "./plugin.ts";
export { presets, type Preset, type PresetName } from "./presets.ts";
export { messagesOf, samplingBody, schemaFormat, type SamplingOptions } from "./request/body.ts";
export { ChatServer, type Body, type Piece, type ServerAddress } from "./server/chat-server.ts";
export type { Chunk, ServerUsage } from "./server/chunk.ts";
