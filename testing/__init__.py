"""What the tests of every room share. `conftest.py` is for fixtures: it makes of these what pytest hands out."""
