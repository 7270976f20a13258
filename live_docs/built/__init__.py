"""What is done to a site that some generator has built: files made few and small, widgets counted and compared."""
