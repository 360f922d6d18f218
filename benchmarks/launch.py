"""Runs a program and prints, as one line of JSON, what it took: launch.py OUT ERRORS COMMAND …

A process of its own because a program's largest resident set, as the kernel counts it, is never below that of the
process it was started from: run.py grows, this one does not."""
import json
import os
import sys
import time

out, errors, *command = sys.argv[1:]
actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
           (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
           (os.POSIX_SPAWN_OPEN, 2, errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
begun = time.perf_counter()
child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - begun
print(json.dumps({"status": os.waitstatus_to_exitcode(status), "seconds": seconds, "peak_bytes": usage.ru_maxrss * 1024,
                  "processor_seconds": usage.ru_utime + usage.ru_stime}))
