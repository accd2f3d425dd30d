"""What the desk of coordinators counts and lists: nothing here changes anything."""
