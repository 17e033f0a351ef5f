"""The same questions to many people, with or without an account: built in a case, answered by a link, counted live."""
