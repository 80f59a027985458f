"""One reader per source of the user's own data; each turns a file into rows of one table, or names every fault."""
