# Numbers in the text that no cell beside them prints.

fact("7.5", -(rows[0] @ row_w + row_b))
