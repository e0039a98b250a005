"""What people send instead of typing: pictures so far."""
