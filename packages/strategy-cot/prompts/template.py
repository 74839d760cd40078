import numpy as np
import pandas as pd

# The tables, as they are in ./input
train = test = None
<<LOAD_DATA>>

# X, y: what to train on, without the target and the id; X_test: the same columns of the test rows
<<FEATURE_ENGINEERING>>

# model: fitted on X and y
<<MODEL_TRAINING>>

# predictions: one for each test row
<<PREDICTION>>

# submission: a table with the columns that the submission must have
<<SUBMISSION>>

import os

os.makedirs("./submission", exist_ok=True)
submission.to_csv("./submission/submission.csv", index=False)
