from channels.testing import ApplicationCommunicator, HttpCommunicator

from mysite.asgi import application


async def test_http_goes_to_django():
    browser = HttpCommunicator(application, "GET", "/nothing/", headers=[(b"host", b"testserver")])
    response = await browser.get_response()
    assert response["status"] == 404


async def test_a_page_from_elsewhere_is_refused():
    headers = [(b"origin", b"https://elsewhere.example")]
    scope = {"type": "websocket", "path": "/ws/chat/lobby/", "query_string": b"", "headers": headers}
    server = ApplicationCommunicator(application, scope)
    await server.send_input({"type": "websocket.connect"})
    assert (await server.receive_output())["type"] == "websocket.close"
    await server.send_input({"type": "websocket.disconnect", "code": 1006})
    await server.wait()
