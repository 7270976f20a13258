pip install channels_redis
