"""What providers use: to say that a listing is right, and to correct it."""
