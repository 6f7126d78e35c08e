# exercise: three_units
# cause: XOR is made from XNOR by turning only the bias of the last unit; its weights (1, -1) keep their sign, so with h = (AND, OR) the unit never fires.
# a good message would say: Your XNOR is right, but your XOR never fires: to turn a unit into its opposite, weights and bias both change their sign.
def three_units(name):
    """Weights of three TLUs.

    name: "XOR" or "XNOR". Returns ((w1, b1), (w2, b2), (w3, b3)), each w two numbers. Units 1
    and 2 take the inputs; unit 3 takes the outputs of units 1 and 2, in this order.
    Right wherever each input is within 0.1 of 0 or 1.
    """
    unit_and = (np.array([1.0, 1.0]), -1.5)
    unit_or = (np.array([1.0, 1.0]), -0.5)
    # XNOR: AND fires, or OR does not
    bias = 0.5
    if name == "XOR":      # the opposite
        bias = -bias
    return unit_and, unit_or, (np.array([1.0, -1.0]), bias)
