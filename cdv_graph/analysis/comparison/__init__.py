"""What two contracts, generations or builds of the graph have in common, and what they have not."""
