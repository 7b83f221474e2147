"""The preview server, as browsers and editors meet it."""
