"""From a route to bytes: themes, what templates see, and feeds."""
