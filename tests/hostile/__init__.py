"""What people should not feed it, and do: each with its outcome."""
