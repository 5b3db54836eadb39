"""Tests draw offscreen and with one BLAS thread, so that they run anywhere and repeat to the byte."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
