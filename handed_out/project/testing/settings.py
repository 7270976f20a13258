DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "test.sqlite3"}
