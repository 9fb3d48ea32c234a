"""The retail domain of τ²-bench as one more shop of ours: taken over, played against, compared."""
