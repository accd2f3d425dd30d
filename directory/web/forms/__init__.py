"""Forms: what browsers send, turned into what the directory takes."""
