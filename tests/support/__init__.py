"""What several tests share: small inputs, the command line in process, peers, a browser."""
