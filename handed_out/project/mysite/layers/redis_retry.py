from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    "address": "redis://127.0.0.1:6379",
                    "retry": Retry(ExponentialBackoff(cap=1, base=0.1), 5),  # some three seconds in all
                }
            ],
        },
    },
}
