# exercise: gate
# cause: allows only one tenth for the sum of both inputs (2 - 0.1, 1 - 0.1): the two errors add up to 0.2, so all three gates are right at the corners and wrong at some nudged points.
# a good message would say: Your gates are right at the exact corners, but both inputs may be off at once and their errors add up: put the line midway between the ones and the zeros.
def gate(name):
    """Weights of a TLU for a gate.

    name: "AND", "OR" or "NAND". Returns (w, b): w two numbers, b one number. The TLU must be
    right wherever each input is within 0.1 of 0 or 1.
    """
    off = 0.1                       # how far a signal may be off
    if name == "AND":
        # 1 + 1 = 2, minus what it may be off
        return [1.0, 1.0], -(2 - off)
    if name == "OR":
        return [1.0, 1.0], -(1 - off)
    # NAND: AND with all signs turned
    return [-1.0, -1.0], 2 - off
