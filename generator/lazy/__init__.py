"""Articles whose text is read when somebody asks for it.

What every list of articles shows (title, outlet, dates, counts) is the *head* of an article, and stays in memory. Its
text and what stands where in it (zones, ledger, glosses, sentences, mentions, dates, quotes) take fifty times as much;
they are read part by part where they are asked for, and the most recent are held. The values are those of the model:
equal to values that hold everything, encoded alike, and as little to be changed.

An encoded article is believed only if it came whole from where it is kept; whoever keeps it sees to that.
"""

from generator.lazy.heads import encode_head
from generator.lazy.parts import encode_marks
from generator.lazy.shelf import Shelf
from generator.lazy.values import Counts, counts, in_turn, marked_in, opening, with_mentions

__all__ = [
    "Counts",
    "Shelf",
    "counts",
    "encode_head",
    "encode_marks",
    "in_turn",
    "marked_in",
    "opening",
    "with_mentions",
]
