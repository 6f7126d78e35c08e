# Numbers of the text that no cell beside it prints.
from grader.author.facts import fact

fact("0.173", np.sqrt(300) * 0.01)
fact("2.4", (np.sqrt(300) * 0.01) ** 10 * 1e8)
fact("1.33", suspect(784, 100)[2, 1] / np.sqrt(2 / 784))
fact("0.476", suspect(100, 784)[2, 1] / np.sqrt(2 / 100))
fact("2.303", np.log(10))
fact("0.8796", source="standard deviation of a normal law cut off at two of its standard deviations: the constant in Keras's VarianceScaling, 0.87962566")
fact("0.07", np.sqrt(100 / 2) * 0.01)
fact("0.14", np.sqrt(2 / 100))
