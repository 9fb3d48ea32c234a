"""What `make bench` runs: the figures of a whole shop on this machine."""

import os

# BLAS reads this once, when numpy is loaded: on many threads the small matrices of one sentence take far longer
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
