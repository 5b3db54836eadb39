from __future__ import annotations

import signal

import pytest

from playground.start.interruption import held_back


def test_ctrl_c_waits_until_the_block_is_over() -> None:
    reached = []

    def interrupted() -> None:
        with held_back():
            signal.raise_signal(signal.SIGINT)
            reached.append("the end of the block")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert reached
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_the_block_is_given_lets_ctrl_c_through() -> None:
    def interrupted() -> None:
        with held_back() as let_through:
            let_through()
            signal.raise_signal(signal.SIGINT)
            let_through()
            pytest.fail("it went on")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_ctrl_c_nothing_is_raised() -> None:
    with held_back():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_fault_in_the_block_is_told_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), held_back():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
