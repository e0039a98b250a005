"""The floors: what an update costs at least, in Python, when nothing is kept and nothing is understood."""
