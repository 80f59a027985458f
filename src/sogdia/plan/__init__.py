"""The partnership plan: which projects to support together, what they save the importer, and who else gains."""
