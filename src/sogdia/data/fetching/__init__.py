"""Releases that a publisher offers on the network, fetched only when the user asks for it by `sogdia data get`."""
