"""The site at one instant: what is public, which URLs exist, and every question that may be asked about it."""
