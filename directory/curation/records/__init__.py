"""Records as cells: what is edited, compared, kept in the history and put back."""
