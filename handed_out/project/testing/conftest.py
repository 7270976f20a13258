import pytest


@pytest.fixture(autouse=True)
def what_channels_needs(settings, transactional_db):
    """For each test a layer of its own, and the database: Channels looks after its connections around every handler."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
