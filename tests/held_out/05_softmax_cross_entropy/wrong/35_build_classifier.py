# exercise: build_classifier
# cause: the layer has a softmax activation (with a loss that takes probabilities): the model gives probabilities instead of the scores XW + b.
# a good message would say: Your model gives probabilities, not scores: leave the activation out and tell the loss so, with from_logits=True.
def build_classifier(n_features, n_classes):
    """A compiled Keras model of one Dense layer: (N, n_features) inputs to (N, n_classes) scores."""
    model = keras.Sequential([
        keras.Input((n_features,)),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.02),
                  loss=keras.losses.SparseCategoricalCrossentropy(),
                  metrics=["accuracy"])
    return model
