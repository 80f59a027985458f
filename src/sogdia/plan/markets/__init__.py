"""What projects do to the markets of the importer: new supply, contracts and stocks, and the loss that is left."""
