"""What worker processes do for the desk: each function takes plain values and returns one; all are pickled.

Nothing here knows of requests or sessions, and nothing reads a path that did not come from the desk itself.
"""
