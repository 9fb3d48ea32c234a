"""Parcel carriers, one folder each."""
