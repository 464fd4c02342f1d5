"""Map a pure function over items in several processes: in order, memory bounded, no process left behind."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
import multiprocessing
from multiprocessing.connection import wait
import os
import signal
import threading
from typing import TYPE_CHECKING, TypeVar

from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTHWHILE = 3
"""Fewer items than this are done faster here than a second process starts."""


def available_cpus() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ordered_map(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """Yield `function(item)` for each of *items*, in their order, from *jobs* processes.

    With one job, or few items, everything happens in this process. *items* are drawn no more than a few per
    process ahead of the results.
    """
    stream = iter(items)
    first = list(islice(stream, WORTHWHILE)) if jobs > 1 else []
    if len(first) < WORTHWHILE:
        yield from map(function, chain(first, stream))
        return
    # A fresh interpreter for each: forking a process that has threads (a progress bar) may hang it.
    context = multiprocessing.get_context("spawn")
    with _starting():
        executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_process)
    pending: deque[Future[Result]] = deque()
    try:
        for item in chain(first, stream):
            with _starting():  # a process may be started; it must begin deaf to Ctrl-C
                pending.append(executor.submit(function, item))
            if len(pending) > 3 * jobs:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool as error:
        reason = "a process was killed from outside, perhaps for want of memory; try fewer --jobs"
        raise InputError(reason) from error
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _starting() -> Iterator[None]:
    """Let processes be started. Raises `InputError` where the system has none to give."""
    try:
        with _interrupts_delayed():
            yield
    except OSError as error:
        raise InputError(f"no process can be started: {error.strerror}; try fewer --jobs") from error


@contextmanager
def _interrupts_delayed() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which started processes inherit
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _start_process() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us tidies up
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: killed, it cannot say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
