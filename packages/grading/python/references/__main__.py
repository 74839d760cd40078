"""`python -m references --tasks tasks.json --out folder`: see --help."""

import os
import sys

# One core for each process: read by the numerical libraries when they are first imported, here and in the workers.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

if __name__ == "__main__":
    from .command import main

    sys.exit(main())
