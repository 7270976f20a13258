CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    "sentinels": [
                        ("sentinel-1.example.com", 26379),
                        ("sentinel-2.example.com", 26379),
                        ("sentinel-3.example.com", 26379),
                    ],
                    "master_name": "mymaster",
                    "socket_timeout": 15,
                }
            ],
        },
    },
}
