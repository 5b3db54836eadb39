"""Layers of nets with Keras's names: shapes, first weights, and batches forward and back."""

from core.nn.layers.convolution import Conv2D
from core.nn.layers.dense import Dense
from core.nn.layers.embedding import Embedding
from core.nn.layers.flatten import Flatten
from core.nn.layers.layer import Count, Layer
from core.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from core.nn.layers.records import input_of, stack_of
from core.nn.layers.recurrent import SimpleRNN
from core.nn.layers.shapes import Axis, Cells, Shape, named, text_of, written
from core.nn.layers.stack import Pass, Stack, stacked
from core.nn.layers.time_distributed import LayerRecord, TimeDistributed

__all__ = [
    "AveragePooling2D", "Axis", "Cells", "Conv2D", "Count", "Dense", "Embedding", "Flatten", "Layer", "LayerRecord",
    "MaxPooling2D", "Pass", "Shape", "SimpleRNN", "Stack", "TimeDistributed", "input_of", "named", "stack_of",
    "stacked", "text_of", "written",
]  # fmt: skip
