# exercise: sequence_cross_entropy
# cause: scores are flattened position by position (after a transpose), labels sequence by sequence, so most scores meet the label of another position
# a good message would say: scores and labels are not in the same order after the reshape: reshape both without moving axes
def sequence_cross_entropy(z, y):
    """Mean cross-entropy over all positions."""
    N, S, C = z.shape
    flat_scores = z.transpose(1, 0, 2).reshape(N * S, C)
    flat_labels = y.reshape(N * S)
    return cross_entropy(flat_scores, flat_labels)
