"""What changed between whom, what usually follows, and who should hear of it; reads a store through its queries."""
