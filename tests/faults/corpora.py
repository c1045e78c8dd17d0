"""Small corpora for the real engine: fictional news whose articles share people, places and events."""

from __future__ import annotations

HARBOUR = """Sandport opens its new harbour

By Nora Feld, Sandport Courier

SANDPORT, 3 May 2019 - Mayor Ann Lund opened the new harbour of Sandport on Friday. "The harbour is
ready," Lund said. The Sandport Port Authority paid 12 million for it.

The ferry to Norby sails again from 6 May 2019, the Sandport Port Authority said.
"""

FERRY = """Ferry to Norby sails again

Sandport Courier, 7 May 2019

The ferry between Sandport and Norby sailed on Monday for the first time since 2017. Captain Olaf Brandt
said: "The sea was calm." Mayor Ann Lund waved from the pier.
"""

STRIKE = """Dockers of Norby end their strike

NORBY, 12 June 2019 - The dockers of Norby went back to work on Wednesday, the Norby Dock Union said.
"We got what we asked for," said Greta Holm, who leads the Norby Dock Union.

Ann Lund, mayor of Sandport, welcomed the end of the strike.
"""

MILL = """The old mill of Norby burns down

12 June 2019

The old mill of Norby burned down in the night. Nobody was hurt, fire chief Karl Stein said. "It was a
hundred years old," Stein said.
"""

GOOD = {"harbour.txt": HARBOUR, "ferry.txt": FERRY, "strike.txt": STRIKE, "mill.txt": MILL}
