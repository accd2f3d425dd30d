"""What a person would question in the data, by subject."""
