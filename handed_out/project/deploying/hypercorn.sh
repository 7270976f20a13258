hypercorn --bind 127.0.0.1:8001 --workers 2 --websocket-ping-interval 20 mysite.asgi:application
