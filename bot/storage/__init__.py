"""What survives a restart: drafts, requests and what still has to be said, in one database behind one writer."""
