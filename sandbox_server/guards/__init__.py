"""What bounds and ends what visitors ask for: so many at once, and no further than the last route."""
