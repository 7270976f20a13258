"""Every page clicked through, as a reader would, in Chromium and in Firefox."""
