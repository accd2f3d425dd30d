"""The site: thin views over the directory. Only this package and `cli` know Flask."""
