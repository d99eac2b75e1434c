"""The adapters against a stub of the providers that others wrote (aimock), as a second witness."""
