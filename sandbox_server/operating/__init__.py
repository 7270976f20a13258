"""What concerns whoever runs the server. It bounds nobody and changes no answer that a visitor gets."""
