"""What is said while a plan is carried out: events become lines."""
