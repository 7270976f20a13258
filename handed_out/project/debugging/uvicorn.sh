uvicorn --log-level trace --port 8001 mysite.asgi:application
