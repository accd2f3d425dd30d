"""Who may open what: every route, every role, own and other and absent."""
