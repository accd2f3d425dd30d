"""What must hold for the safety of people, tried against everything at once."""
