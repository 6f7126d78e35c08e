# Numbers in the text that no neighbouring cell prints.
fact("0.0000454", 1 / (1 + np.exp(10)))
fact("9.9991", 30 - 20 / (1 + np.exp(10)) - 20 / (1 + np.exp(-30)))
fact("0.9999546", 1 / (1 + np.exp(-10)))
fact("0.347", np.log(2) / 2)
fact("0.477", (3 * np.log(3) - 2 * np.log(2)) / 4)
fact("0.76", source="seeds 0 to 99, start_weights, 2 hidden units, 1000 steps of descend at rate 3")
fact("0.95", source="seeds 0 to 99, start_weights, 3 hidden units, 1000 steps of descend at rate 3")
