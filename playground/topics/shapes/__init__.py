"""The tab Tensor shapes: the stack as tensors and the layers that join them."""
