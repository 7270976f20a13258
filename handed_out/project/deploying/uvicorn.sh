uvicorn --port 8001 --workers 2 --timeout-graceful-shutdown 10 mysite.asgi:application
