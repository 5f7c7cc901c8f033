"""Kills processes at random moments: `python -m tests.benchmarks.kills [--kills N] [--seconds S] [--seed N]`.

Half of them write to a journal, half read a folder that changed; after each, everything that was kept must be there.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from killing import answers_of, check_journal, kill_reader, kill_writer, write_folder


def main() -> None:
    """Kill, check, and say how often; the first thing lost ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many processes are killed, at most (200)")
    parser.add_argument("--seconds", type=float, default=120, help="how long it goes on, at most (120)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the random moments")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance, until = random.Random(options.seed), time.monotonic() + options.seconds
    kept: list[tuple[int, str]] = []
    writers = readers = interrupted = 0
    with TemporaryDirectory() as place:
        journal, folder, data_dir = Path(place, "journal.sqlite3"), Path(place, "knowledge"), Path(place, "data")
        while writers + readers < options.kills and time.monotonic() < until:
            if writers <= readers:
                kept += kill_writer(journal, chance, 0.3)
                check_journal(journal, kept)
                writers += 1
            else:
                write_folder(folder, chance, 20)
                interrupted += kill_reader(folder, data_dir, chance, 0.15)
                assert answers_of(folder, data_dir) == answers_of(folder, None), "kept and read anew differ"
                readers += 1
    print(f"{writers} writers of a journal killed: whole each time, {len(kept)} turns said to be kept, 0 lost")
    print(f"{readers} readers of a folder killed, {interrupted} of them while they read: 0 answers differ")


if __name__ == "__main__":
    main()
