"""Texts as numbers: TF-IDF of words, pairs of words or letters, and what few components keep of it."""

import numpy as np

MOST_TERMS = 20_000
COMPONENTS = 60

TERMS = {
    "words": {"ngram_range": (1, 1)},
    "bigrams": {"ngram_range": (1, 2)},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 4)},
}


def tfidf(texts, terms, most=MOST_TERMS):
    """Sparse matrices of train and test; terms of a single training row say nothing."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(**TERMS[terms], max_features=most, min_df=2, sublinear_tf=True, dtype=np.float64)
    train, test = joined(texts)
    return vectorizer.fit_transform(train), vectorizer.transform(test)


def joined(texts):
    """The texts of a row as one."""
    return tuple([" \n".join(cells) for cells in zip(*(pair[side] for pair in texts))] for side in (0, 1))


def topics(texts, terms, seed):
    """Latent semantic analysis: the components of a truncated singular value decomposition, dense."""
    from sklearn.decomposition import TruncatedSVD

    train, test = tfidf(texts, terms)
    count = max(1, min(COMPONENTS, train.shape[1] - 1, train.shape[0] - 1))
    decomposition = TruncatedSVD(count, random_state=seed)
    return decomposition.fit_transform(train), decomposition.transform(test)


def frequent(texts, most=150):
    """The most frequent words alone, dense: for trees."""
    return tuple(matrix.toarray() for matrix in tfidf(texts, "words", most))
