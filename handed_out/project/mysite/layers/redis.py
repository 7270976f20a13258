CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            # Without the None, redis-py 8 gives up after 5 s in which nobody says anything.
            "hosts": [{"address": "redis://127.0.0.1:6379", "socket_timeout": None}],
        },
    },
}
