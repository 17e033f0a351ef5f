"""Tools of who builds and checks the house."""
