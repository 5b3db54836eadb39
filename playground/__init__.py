"""The application: command line, window, tabs, sessions, exports."""

import os

VERSION = "0.1.0"

# More BLAS threads make small matrices slower and sums differ from run to run. Must be set before NumPy is loaded.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
