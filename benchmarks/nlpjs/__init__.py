"""NLP.js beside the reader: trained on the same messages, measured on the same ones."""
