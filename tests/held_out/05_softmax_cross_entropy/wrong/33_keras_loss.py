# exercise: keras_loss
# cause: reduction='sum' makes Keras add up the losses of the rows instead of taking their mean.
# a good message would say: Your loss is N times too large: reduction='sum' adds the rows up; leave it out, and Keras takes the mean.
def keras_loss(z, y):
    """The same as cross_entropy, computed by Keras. z: (N, C) scores, y: (N,) integers. Returns a float."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
    return float(loss(y, z))
