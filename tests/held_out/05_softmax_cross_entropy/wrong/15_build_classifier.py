# exercise: build_classifier
# cause: the layer gives scores, but the loss by its string name takes them for probabilities (from_logits=False)
# a good message would say: the scores are right, the compiled loss is not that of scores: "sparse_categorical_crossentropy" expects probabilities; use SparseCategoricalCrossentropy(from_logits=True)
def build_classifier(n_features, n_classes):
    """A compiled Keras model of one Dense layer."""
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(n_classes),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
