"""A file's bytes → Document; one module for each kind of file."""
