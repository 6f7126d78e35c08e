# Numbers of the text that no cell beside it prints.
fact("1.386", np.log(4))
fact("1.4", source='a section of chapter 1, "One unit and XOR"')
fact("2.5", 10 * 0.25)
fact("1.1", source="a section of chapter 1, A switch")
fact("0.01", source="the lecture notes' leaky ReLU")
fact("0.3", source="keras.layers.LeakyReLU: negative_slope=0.3 (Keras 3)")
fact("6.5", 1.3 * 5)
fact("0.75", 0.5 * 3 * 0.5)
fact("2.0", source="a piece of code")
fact("0.02", 2 * 0.01)
fact("2.1", source="a section of chapter 2, From a step to a slope")
fact("2.2", source="a section of chapter 2, The price of being wrong")


def ten_in_a_row(z):
    """The slope of ten sigmoids, one behind the other."""
    slope = 1.0
    for _ in range(10):
        z, one = sigmoid(z)
        slope = slope * one
    return slope


fact(r"3.9 \cdot 10^{-7}", np.max(ten_in_a_row(np.linspace(-10, 10, 20_001))))
