/** Whole descriptions, and the metric that they score by; none where they do not say. */
export const descriptions: readonly (readonly [text: string, metric: string | undefined])[] = [
  ["Predict more accurately how many units each grocery store sells.", undefined],
  ["Accurately predict the sale price with high precision. The columns are r2, f1 and mae.", undefined],
  ["The recall of products is to be predicted. Precision matters to us.", undefined],
  ["Root mean squared error of the sensors is 3 mm. Predict the position.", undefined],
  ["Predict the score of the match. Each submission is a CSV file.", undefined],
  ["Evaluation is on the hidden test set.\nThe prize goes to the team with the best score.", undefined],
  ["Predict more accurately how much each grocery sells. Submissions are evaluated on MAE.", "mae"],
  [
    "# Goal\nAccurately predict the price.\n\n# Evaluation\nRMSLE\n\n# Data\ntrain.csv has the columns r2 and f1.",
    "rmsle",
  ],
  ["Goal\n====\nPredict recall of products.\n\nEvaluation\n----------\n\nBalanced accuracy\n", "balanced_accuracy"],
  ["**Evaluation metric:** `roc_auc`", "auc"],
  ["Metric: AUC\nPredict whether a transaction is fraud.", "auc"],
  ["Optimize AUC.", "auc"],
  [
    "## Goal\nPredict if a passenger survived.\n## Metric\nYour score is the percentage of passengers you correctly predict. This is known as accuracy.",
    "accuracy",
  ],
  ["A model that predicts the mean temperature has an RMSE of 3. You will be evaluated on R2.", "r2"],
  ["Predict the F1 winner. Submissions are scored with accuracy.", "accuracy"],
  ["The GPS device's accuracy is 5 m. We evaluate predictions with the mean absolute error.", "mae"],
  ["Precision agriculture competition. Evaluation metric: macro F1.", "f1_macro"],
  [
    "Data: 'error_rate' is the error rate of the machine, 'mae' the mean absolute error of its sensor. Scoring: log loss.",
    "logloss",
  ],
  [
    "Predictions are compared to actual values using Pearson correlation; the correlation of features with the target is low.",
    "pearson",
  ],
  [
    "## Evaluation\n\nSubmissions are evaluated on area under the ROC curve between the predicted\nprobability and the observed target.\n\n### Submission File\n\nFor each id you must predict a probability. The accuracy of the format matters.",
    "auc",
  ],
  ["score = max(0, 100 * metrics.f1_score(actual, predicted, average='macro'))", "f1_macro"],
];

/** Texts with the class that they score as the positive one. */
export const positives: readonly (readonly [text: string, positive: string | undefined])[] = [
  ["F1 of the class `churned`", "churned"],
  ["F1 score of the class churned.", "churned"],
  ["recall for class 'yes'", "yes"],
  ["Submissions are scored by the precision of the 'fraud' class.", "fraud"],
  ["AUC of the probability that Survived = 1", "1"],
  ["log loss; predict the probability that the loan is 'defaulted'", "defaulted"],
  ["Evaluated by AUC. Positive class: yes", "yes"],
  ["Evaluated by F1 with class 2 as the positive one", "2"],
  ["F1, where the positive class is Malignant.", "Malignant"],
  ["F1 of the positive class", undefined],
  ["AUC of the probability that the customer is happy", undefined],
  ["F1 for each class, averaged", undefined],
  ["RMSE", undefined],
];
