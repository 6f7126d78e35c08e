# Numbers in the text that no cell beside them prints.
