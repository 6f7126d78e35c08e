# exercise: sequence_cross_entropy
# cause: the scores are stacked position by position, the labels are flattened sequence by sequence: scores and labels no longer belong together (right for N = 1).
# a good message would say: Your scores stand in the order position, sequence and your labels in the order sequence, position: flatten both alike, z.reshape(-1, C) and y.reshape(-1).
def sequence_cross_entropy(z, y):
    """Mean cross-entropy over all positions. z: (N, S, C) scores, y: (N, S) integers. Returns a float."""
    S = z.shape[1]
    flat_z = np.concatenate([z[:, s, :] for s in range(S)])
    flat_y = y.reshape(-1)
    return cross_entropy(flat_z, flat_y)
