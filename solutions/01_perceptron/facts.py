"""Numbers in the text that no cell beside them prints."""

from grader.author.facts import fact
