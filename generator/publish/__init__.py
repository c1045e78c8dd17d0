"""Writing what differs, the manifest, permanent addresses, and the atomic swap."""
