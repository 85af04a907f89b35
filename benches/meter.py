"""Runs a command and writes down what it cost: wall time, processor time, memory.

    meter.py COST.json PROGRAM [ARGUMENT…]

Processor time is what the kernel charged to the command and to everything it started and waited for. Memory is the
larger of two figures: the most that any one of these processes held (kernel's count), and the most that all of them held
together (sampled every 20 ms; pages that two of them share count twice). Standard library only.
"""

import json
import os
import resource
import subprocess
import sys
import threading
import time

PAGE = os.sysconf("SC_PAGE_SIZE")


def descendants(pid):
    """`pid` and all processes below it."""
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children") as children:
                    found.extend(int(child) for child in children.read().split())
        except OSError:
            pass  # ended meanwhile
    return found


def resident(pid):
    """Bytes that a process holds; 0 once it has ended."""
    try:
        with open(f"/proc/{pid}/statm") as statm:
            return int(statm.read().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def watch(pid, stop, peak):
    while not stop.wait(0.02):
        peak[0] = max(peak[0], sum(map(resident, descendants(pid))))


def main():
    cost_file, command = sys.argv[1], sys.argv[2:]
    stop, peak = threading.Event(), [0]
    start = time.monotonic()
    child = subprocess.Popen(command)
    watcher = threading.Thread(target=watch, args=(child.pid, stop, peak), daemon=True)
    watcher.start()
    code = child.wait()
    wall = time.monotonic() - start
    stop.set()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "wall": wall,
        "user": used.ru_utime,
        "sys": used.ru_stime,
        "peak": max(peak[0], used.ru_maxrss * 1024),
        "code": code,
    }
    with open(cost_file, "w") as out:
        json.dump(cost, out)
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
