"""What advocates meet and what people type, and the answers they would want."""
