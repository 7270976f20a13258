daphne -p 8001 --proxy-headers --proxy-headers-host X-Real-IP mysite.asgi:application
