"""A model in a GGUF file on this machine, run by llama.cpp."""
