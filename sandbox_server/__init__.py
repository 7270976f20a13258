"""What the widgets talk to: a Django project on Channels and Daphne."""
