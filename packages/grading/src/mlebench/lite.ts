/** How MLE-bench grades a competition of its Lite split, in terms of the metric library. */
export interface LiteCompetition {
  /** Of the library; of several targets, each with a column of its own, it is the mean. */
  readonly metric: string;
  /** The file of the private folder that holds the answers. */
  readonly answers: string;
  /** The column that names a row. */
  readonly id: string;
  /** The columns to predict; without, all others of the answers: one for each class. */
  readonly targets?: readonly string[];
  /** What a submission's numbers must be, else it is not valid: probabilities, or such ones that sum to 1 in each row. */
  readonly values?: "probabilities" | "distribution";
  /** A submission with other columns is not valid; elsewhere they are left out. */
  readonly isExact?: true;
  /** Answers are texts, and right where they are the same letter by letter; the metric is their share. */
  readonly isText?: true;
  /** Rows with negative answers were not scored by Kaggle, and are not here. */
  readonly hasUnscored?: true;
}

const auc = (id: string, target: string, answers = "test.csv"): LiteCompetition => ({
  metric: "auc",
  answers,
  id,
  targets: [target],
  values: "probabilities",
});

const logLossOfClasses = { metric: "logloss", answers: "test.csv", id: "id", values: "distribution" } as const;
const normalizedText = {
  metric: "accuracy",
  answers: "answers.csv",
  id: "id",
  targets: ["after"],
  isText: true,
} as const;

const catheters = [
  "ETT - Abnormal",
  "ETT - Borderline",
  "ETT - Normal",
  "NGT - Abnormal",
  "NGT - Borderline",
  "NGT - Incompletely Imaged",
  "NGT - Normal",
  "CVC - Abnormal",
  "CVC - Borderline",
];

/**
 * The 22 competitions of MLE-bench Lite: facts of mlebench/competitions/<id>/{config.yaml,grade.py}
 * in https://github.com/openai/mle-bench at commit 783b15af77404fbaffe7255b0c4a934b46153389.
 */
export const liteCompetitions: Readonly<Record<string, LiteCompetition>> = {
  "aerial-cactus-identification": auc("id", "has_cactus"),
  "aptos2019-blindness-detection": {
    metric: "quadratic_kappa",
    answers: "test.csv",
    id: "id_code",
    targets: ["diagnosis"],
  },
  "denoising-dirty-documents": { metric: "rmse", answers: "answers.csv", id: "id", targets: ["value"] },
  "detecting-insults-in-social-commentary": auc("Comment", "Insult"),
  "dog-breed-identification": logLossOfClasses,
  "dogs-vs-cats-redux-kernels-edition": {
    metric: "logloss",
    answers: "answers.csv",
    id: "id",
    targets: ["label"],
    values: "probabilities",
  },
  "histopathologic-cancer-detection": auc("id", "label", "answers.csv"),
  "jigsaw-toxic-comment-classification-challenge": {
    metric: "auc",
    answers: "test.csv",
    id: "id",
    targets: ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"],
    isExact: true,
    hasUnscored: true,
  },
  "leaf-classification": { ...logLossOfClasses, isExact: true },
  "mlsp-2013-birds": auc("Id", "Probability", "answers.csv"),
  "new-york-city-taxi-fare-prediction": { metric: "rmse", answers: "test.csv", id: "key", targets: ["fare_amount"] },
  "nomad2018-predict-transparent-conductors": {
    metric: "rmsle",
    answers: "test.csv",
    id: "id",
    targets: ["formation_energy_ev_natom", "bandgap_energy_ev"],
  },
  "plant-pathology-2020-fgvc7": {
    metric: "auc",
    answers: "test.csv",
    id: "image_id",
    targets: ["healthy", "multiple_diseases", "rust", "scab"],
    isExact: true,
  },
  "random-acts-of-pizza": auc("request_id", "requester_received_pizza"),
  "ranzcr-clip-catheter-line-classification": {
    metric: "auc",
    answers: "test.csv",
    id: "StudyInstanceUID",
    targets: catheters,
    values: "probabilities",
  },
  "siim-isic-melanoma-classification": auc("image_name", "target"),
  "spooky-author-identification": { ...logLossOfClasses, isExact: true },
  "tabular-playground-series-dec-2021": { metric: "accuracy", answers: "test.csv", id: "Id", targets: ["Cover_Type"] },
  "tabular-playground-series-may-2022": auc("id", "target"),
  "text-normalization-challenge-english-language": normalizedText,
  "text-normalization-challenge-russian-language": normalizedText,
  "the-icml-2013-whale-challenge-right-whale-redux": auc("clip", "probability"),
};
