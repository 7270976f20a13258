daphne -v 2 -p 8001 mysite.asgi:application
