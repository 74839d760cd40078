"""Principal components: directions across columns, the widest first."""

import numpy as np

WIDE = 500


def components(train, test, most, seed):
    """Dense matrices of so many components at the most, the first with standard deviation 1."""
    from sklearn.decomposition import PCA

    count = max(1, min(most, train.shape[1], train.shape[0] - 1))
    solver = "randomized" if train.shape[1] > WIDE else "full"
    analysis = PCA(count, svd_solver=solver, random_state=seed).fit(train)
    scale = np.sqrt(analysis.explained_variance_[0]) or 1.0
    return analysis.transform(train) / scale, analysis.transform(test) / scale
