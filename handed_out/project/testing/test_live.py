from channels.testing import ChannelsLiveServerTestCase
from websockets.sync.client import connect


class LiveTests(ChannelsLiveServerTestCase):
    serve_static = False

    def test_two_browsers_hear_each_other(self):
        address = f"{self.live_server_ws_url}/ws/chat/lobby/"
        with connect(address, origin=self.live_server_url) as ada, connect(address, origin=self.live_server_url) as bob:
            ada.send("hello")
            self.assertEqual(bob.recv(timeout=10), "hello")
