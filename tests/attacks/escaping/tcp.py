"""Connects to a server on this machine.

Stopped by: network, landlock, seccomp.
"""
import socket

socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=2).sendall(b"answers, please")
print("REACHED")
