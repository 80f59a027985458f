"""Five questions as tools that an assistant may use, over standard input and output. It reads, and changes nothing."""
