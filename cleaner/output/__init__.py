"""Everything that knows the folder OUT: what is written to it, how, and how it is read again.

rows.py     documents as rows; every key that is written stands here
folder.py   the folder of a run: refused where it would do harm, locked, published whole
atomic.py   files that appear whole or not at all
finished.py a finished run is read as a whole, or refused
restore.py  raw texts from rows and edits
"""
