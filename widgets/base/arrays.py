"""The type of the arrays that widgets paint."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
