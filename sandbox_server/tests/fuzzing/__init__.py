"""What nobody would think of: handshakes, frames and messages that hypothesis makes up, sent to the real server.

`make test` plays a few of them, always the same ones; `make fuzz` plays many. What one of them finds becomes a test of
its own, elsewhere.
"""
