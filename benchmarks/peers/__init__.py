"""The peers: the same conversation, written with other libraries as their documentation recommends."""
