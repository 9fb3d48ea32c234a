"""Payment vendors on loopback, written after what each documents of its API: strict where the vendor is strict."""
