# exercise: binary_cross_entropy
# cause: p is clipped to [1e-12, 1 - 1e-12], so the loss of a confident error stops at about 27.6 instead of growing like |z| (wrong for far logits only).
# a good message would say: For far logits your loss stops at 27.6, where the right one is |z|: clipping p throws the size away; compute it from z, by max(z, 0) + log1p(exp(-|z|)) - y z.
def binary_cross_entropy(z, y):
    """Mean binary cross-entropy of logits and targets.

    z: (N, 1) logits, y: (N, 1) of 0.0 and 1.0. Returns a float. Finite for any finite z.
    """
    tiny = 1e-12
    p = np.clip(sigmoid(z), tiny, 1 - tiny)
    loss = -y * np.log(p) - (1 - y) * np.log(1 - p)
    return float(loss.mean())
