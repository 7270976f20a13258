from mysite.health import HealthCheck

application = HealthCheck(application)
