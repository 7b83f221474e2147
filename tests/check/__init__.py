"""The copy desk: faults that are planted, and the sites that have none."""
