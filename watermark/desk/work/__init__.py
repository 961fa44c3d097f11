"""What worker processes do for the desk: each function takes one plain value and returns another; both are pickled.

Nothing here knows of requests or sessions, and nothing reads a path that did not come from the desk itself.
"""
