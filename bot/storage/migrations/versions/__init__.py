"""One module for each change; a change expands first and contracts a release later."""
