import { basename } from "node:path";
import { GgufFileType, readGgufFileInfo } from "node-llama-cpp";
import { z } from "zod";
import { notGguf } from "../errors.ts";

/** What the header of a model file says. Reading it loads no weights. */
export interface ModelHeader {
  readonly file: string;
  readonly architecture: string;
  readonly name: string | undefined;
  readonly quantisation: string;
  readonly parameters: number;
  readonly trainedContext: number | undefined;
  readonly chatTemplate: string | undefined;
}

const Metadata = z.object({
  general: z.object({ architecture: z.string(), name: z.string().optional(), file_type: z.number().optional() }),
  tokenizer: z.object({ chat_template: z.string().optional() }).optional(),
});

/** Rejects with `AIDE_MODEL_NOT_GGUF` when the file is no model file. */
export const readHeader = async (path: string): Promise<ModelHeader> => {
  try {
    const info = await readGgufFileInfo(path, { sourceType: "filesystem", logWarnings: false });
    const { general, tokenizer } = Metadata.parse(info.metadata);
    const fileType = general.file_type === undefined ? undefined : GgufFileType[general.file_type];
    return {
      file: basename(path),
      architecture: general.architecture,
      name: general.name,
      quantisation: fileType?.replace(/^(MOSTLY|ALL)_/, "") ?? "unknown",
      parameters: (info.fullTensorInfo ?? []).reduce(
        (sum, tensor) => sum + tensor.dimensions.reduce<number>((size, side) => size * Number(side), 1),
        0,
      ),
      trainedContext: info.architectureMetadata.context_length,
      chatTemplate: tokenizer?.chat_template,
    };
  } catch (error) {
    throw notGguf(path, error);
  }
};
