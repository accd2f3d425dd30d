"""What each check is for, and what only looks like it, by subject.

`FIRES` holds packages and the one thing that is found in each. `SILENT` holds packages
in which nothing is found, with the rule that they look like a case of.
"""
