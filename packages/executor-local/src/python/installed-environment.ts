import { dirname } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import type { Variables } from "../process-environment.ts";
import { asset } from "./shipped.ts";
import { findPython } from "./find-python.ts";
import type { PythonEnvironment } from "./ready.ts";
import { packagesUnknown } from "../errors.ts";

/** Distributions that solutions of machine-learning tasks use: prompts name those that are there. */
const lookedFor = `
  numpy pandas polars pyarrow openpyxl scipy scikit-learn statsmodels joblib
  lightgbm xgboost catboost category-encoders imbalanced-learn optuna
  torch torchvision torchaudio torch-geometric lightning pytorch-lightning timm
  transformers sentence-transformers accelerate peft datasets tokenizers sentencepiece
  tensorflow keras jax flax onnxruntime cupy-cuda12x cupy-cuda13x
  opencv-python opencv-python-headless pillow scikit-image albumentations
  librosa soundfile nltk spacy gensim networkx h5py matplotlib
`
  .trim()
  .split(/\s+/);

const installed = z.array(z.object({ name: z.string(), version: z.string() }));

/**
 * An interpreter as it is, with the packages that its owner installed.
 * @throws AideError `AIDE_PYTHON_NOT_FOUND`, `AIDE_PYTHON_PACKAGES`.
 */
export const installedEnvironment = async (request: {
  readonly python?: string | undefined;
  readonly env: Variables;
  readonly signal?: AbortSignal | undefined;
}): Promise<PythonEnvironment> => {
  const { env, signal } = request;
  const { path, version } = await findPython({ wanted: request.python, env });
  const asked = await execa(path, [asset("installed_packages.py"), ...lookedFor], {
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
    stdin: "ignore",
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (asked.failed) throw packagesUnknown(path, (asked.stderr ?? "").trim().slice(-2000));
  const packages = installed.parse(JSON.parse(asked.stdout ?? ""));
  return { folder: dirname(dirname(path)), python: path, version, packages, problems: [] };
};
