"""What the service office does: the dealer directory and the product catalogue, read from the files that it has."""
