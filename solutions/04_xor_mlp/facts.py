# Numbers in the text that no neighbouring cell prints.
from grader.author.facts import fact

fact("0.0000454", 1 / (1 + np.exp(10)))
fact("-9.9991", 20 / (1 + np.exp(10)) + 20 / (1 + np.exp(-30)) - 30)
fact("0.9999546", 1 / (1 + np.exp(-10)))
fact("0.71", source="100 seeds, 5000 full-batch steps, 2 hidden sigmoids, binary cross-entropy: make bench")
fact("0.99", source="100 seeds, 5000 full-batch steps, 3 hidden sigmoids, binary cross-entropy: make bench")
