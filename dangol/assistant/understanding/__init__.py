"""What a shopper means: language, intents, entities and references, read without any language model."""

import os

# a sentence vector takes 2 ms on one thread and 100 ms on many: this must stand before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
