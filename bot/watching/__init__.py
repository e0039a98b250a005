"""What others may see of a running bot: numbers for Prometheus, whether it lives and whether it is ready."""
