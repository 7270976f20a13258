"""Measurements, side by side with peers; nothing here is asserted in a test."""
