"""The sandbox server beside whatever serves the pages: as a command of its own, or from a hook."""
