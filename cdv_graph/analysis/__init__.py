"""Networks and measures over the answers of the questions."""
