gunicorn --bind 127.0.0.1:8001 --workers 2 --worker-class uvicorn_worker.UvicornWorker mysite.asgi:application
