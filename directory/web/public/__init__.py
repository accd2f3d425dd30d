"""The public pages: thin views, each in two languages."""
