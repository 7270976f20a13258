"""What whoever runs the server looks at. It bounds nobody and changes no answer that a visitor gets."""
