python manage.py startapp club
