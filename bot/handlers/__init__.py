"""One short coroutine for each thing a person can do in a chat."""
