# Numbers of the text that no cell beside it prints.
fact("7.389", np.exp(2.0))
fact("2.718", np.exp(1.0))
fact("1.105", np.exp(0.1))
fact("11.213", np.exp([2.0, 1.0, 0.1]).sum())
fact("1.46", cross_entropy(np.eye(10), np.arange(10)))
fact("1.461", np.log(1 + 9 / np.e))
