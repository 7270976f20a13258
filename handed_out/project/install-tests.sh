pip install pytest-django pytest-asyncio
