"""What pages print for a reader to copy, each file under the name that it gets in the reader's project."""
