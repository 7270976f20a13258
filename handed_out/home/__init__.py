"""What a page makes a Django project of, to be taken home: `project/` as it is, and the modules of one sandbox."""
