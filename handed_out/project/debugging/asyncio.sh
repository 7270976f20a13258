env PYTHONASYNCIODEBUG=1 daphne -p 8001 mysite.asgi:application
