python manage.py runserver --noreload 8001
