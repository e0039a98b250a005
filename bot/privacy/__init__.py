"""What is kept of people, how long, and how it goes (docs/privacy.md)."""
