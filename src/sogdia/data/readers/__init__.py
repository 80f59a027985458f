"""One reader per source of the user's own data; each turns a file into rows of one table, or names every fault.

To add a source, add a module here with a `READER` (see `reader.Reader`): `registry` finds it, so that its files are
recognised by their content, and its key and title stand in the help and the messages of `sogdia data add`.
"""
