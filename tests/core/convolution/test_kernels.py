from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from core.convolution.kernels import KERNELS, fitted, named_kernel


def test_the_edges_are_sobels() -> None:
    assert named_kernel("vertical-edge").tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert named_kernel("horizontal-edge").tolist() == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    image = np.random.default_rng(0).standard_normal((9, 9))
    ours = ndimage.correlate(image, named_kernel("vertical-edge"), mode="constant")
    assert np.allclose(ours, ndimage.sobel(image, axis=1, mode="constant"))


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("size", [(1, 1), (3, 3), (5, 5), (3, 5), (4, 2)])
def test_every_kernel_exists_at_every_size(name: str, size: tuple[int, int]) -> None:
    kernel = named_kernel(name, size)
    assert kernel.shape == size
    assert np.isfinite(kernel).all()


@pytest.mark.parametrize("size", [(3, 3), (5, 5), (3, 7), (2, 2)])
def test_what_kernels_do_to_a_level_picture(size: tuple[int, int]) -> None:
    """Blur and sharpen keep its brightness, edges and outline see nothing."""
    for name, total in {"identity": 1, "blur": 1, "sharpen": 1, "outline": 0, "vertical-edge": 0}.items():
        assert np.isclose(named_kernel(name, size).sum(), total), name


def test_a_kernel_is_cut_or_filled_up_about_its_middle() -> None:
    kernel = np.arange(1.0, 10.0).reshape(3, 3)
    assert fitted(kernel, (1, 1)).tolist() == [[5]]
    assert fitted(kernel, (3, 3)).tolist() == kernel.tolist()
    larger = fitted(kernel, (5, 5))
    assert larger[1:4, 1:4].tolist() == kernel.tolist()
    assert larger.sum() == kernel.sum()
    assert fitted(np.stack([kernel, -kernel]), (3, 1))[:, :, 0].tolist() == [[2, 5, 8], [-2, -5, -8]]
    assert fitted(np.ones((2, 2)), (4, 4)).sum() == 4
    assert fitted(np.ones((6, 6)), (3, 3)).tolist() == np.ones((3, 3)).tolist()


@pytest.mark.parametrize("name", ["sharpen", "outline", "emboss", "vertical-edge"])
def test_named_kernels_are_the_same_for_one_size_and_by_default(name: str) -> None:
    assert named_kernel(name).tolist() == named_kernel(name, (3, 3)).tolist()
