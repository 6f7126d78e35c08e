"""Sends a datagram.

Stopped by: network, seccomp.
"""
import socket

socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"answers, please", ("127.0.0.1", int("@PORT@")))
print("REACHED")
