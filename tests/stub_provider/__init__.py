"""A stub of every provider's wire format on 127.0.0.1, for tests and for trying the app by hand."""
