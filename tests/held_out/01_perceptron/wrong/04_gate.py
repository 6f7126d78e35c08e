# exercise: gate
# cause: The AND line lies too near the corner (1, 1): at (0.9, 0.9) the net input is 0.9 - 0.95 < 0, so AND is silent where it must fire.
# a good message would say: at the exact corners AND is right, but at (0.90, 0.90) it gives 0 and 1 is right: move the line to the middle between (1, 1) and its neighbours.
def gate(name):
    """Weights of a TLU for a gate.

    name: "AND", "OR" or "NAND". Returns (w, b): w two numbers, b one number. The TLU must be
    right wherever each input is within 0.1 of 0 or 1.
    """
    table = {
        "AND": (np.array([0.5, 0.5]), -0.95),
        "OR": (np.array([1.0, 1.0]), -0.5),
        "NAND": (np.array([-1.0, -1.0]), 1.5),
    }
    return table[name]
