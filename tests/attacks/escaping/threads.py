"""Starts 200 threads.

Stopped by: limits.
"""
import threading

stop = threading.Event()
threads = [threading.Thread(target=stop.wait, daemon=True) for _ in range(200)]
try:
    for thread in threads:
        thread.start()
    print("REACHED")
finally:
    stop.set()
