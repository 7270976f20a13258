import os

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    "address": "rediss://redis.example.com:6379",  # with two s: over TLS
                    "username": "mysite",
                    "password": os.environ["REDIS_PASSWORD"],
                    "ssl_ca_certs": "/etc/ssl/redis/ca.pem",
                    "socket_timeout": 15,  # longer than the 5 s for which this layer waits at Redis
                }
            ],
            "prefix": "mysite",
        },
    },
}
