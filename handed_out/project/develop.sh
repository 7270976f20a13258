python manage.py runserver 8001
