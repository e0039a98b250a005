"""Bugs that are planted one by one, to see that the tests would find them: `python -m tests.planted`."""
