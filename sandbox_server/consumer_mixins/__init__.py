"""What runs in front of a consumer's own class without a word of it in the class, and how it gets there."""
