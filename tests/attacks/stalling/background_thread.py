"""Keeps the interpreter busy with a thread, so that calls take for ever.

Stopped by: time limits.
"""
import threading
import time

end = time.time() + 3

def spin():
    while time.time() < end:
        pass

threads = [threading.Thread(target=spin) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("REACHED")
