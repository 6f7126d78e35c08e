"""Asks the kernel for the network's routes.

Stopped by: seccomp.
"""
import socket

socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).bind((0, 0))
print("REACHED")
