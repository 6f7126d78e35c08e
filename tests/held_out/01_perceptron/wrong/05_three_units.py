# exercise: three_units
# cause: XNOR is made by negating all three units, not the last one only: NAND(NOR, AND) is always 1.
# a good message would say: XOR is right; your XNOR gives 1 everywhere, as units 1 and 2 were negated as well as unit 3. Negate the output only.
def three_units(name):
    """Weights of three TLUs.

    name: "XOR" or "XNOR". Returns ((w1, b1), (w2, b2), (w3, b3)), each w two numbers. Units 1
    and 2 take the inputs; unit 3 takes the outputs of units 1 and 2, in this order.
    Right wherever each input is within 0.1 of 0 or 1.
    """
    xor = (gate("OR"), gate("NAND"), gate("AND"))
    if name == "XOR":
        return xor
    # XNOR is the opposite: turn all the signs
    return tuple((-1 * np.asarray(w), -1 * b) for w, b in xor)
