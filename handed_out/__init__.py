"""What pages hand out to be copied: `project/` holds it as it is printed, the rest runs it as a reader would."""
