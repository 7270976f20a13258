/** The functions that a test gets, each only where it is used. */

export const GET = `\
async def get(path):
    """The status and the body of an HTTP response."""
    request = HttpCommunicator(application, "GET", path, headers=[(b"host", b"testserver")])
    response = await request.get_response(timeout=10)
`;

export const FOLLOW = `\
    if response["status"] in (301, 302):  # a browser follows
        return await get(dict(response["headers"])[b"Location"].decode())
`;

export const ANSWER = `\
    return response["status"], response["body"].decode()`;

export const COOKIE_HEADER = `\
def cookie_header(cookies):
    return b"cookie", "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items()).encode()`;

export const ASK = `\
async def ask(cookies, method, path, body=""):
    """One HTTP request as a page makes it: with its cookies, and with the CSRF token, which any 32 letters can be."""
    cookies["csrftoken"] = token = "x" * 32
    headers = [
        (b"host", b"testserver"),
        (b"content-type", b"application/json"),
        (b"x-csrftoken", token.encode()),
        cookie_header(cookies),
    ]
    request = HttpCommunicator(application, method, path, body.encode(), headers)
    response = await request.get_response(timeout=10)
    for name, value in response["headers"]:
        if name.lower() == b"set-cookie":
            cookies.load(value.decode())
`;

export const SIGN_UP = `\
async def sign_up(username, password):
    """Somebody who can log in."""
    user, _ = await get_user_model().objects.aget_or_create(username=username)
    user.set_password(password)
    await user.asave()`;

export const LOG_IN = `\
async def log_in(cookies, username):
    """The cookie of a session in which somebody is logged in."""
    user, _ = await get_user_model().objects.aget_or_create(username=username)
    client = AsyncClient()
    await client.aforce_login(user)
    cookies.update(client.cookies)`;

export const REFUSAL = `\
async def refusal(ws):
    """The HTTP status with which the application refuses a handshake."""
    ws.scope["extensions"] = {"websocket.http.response": {}}  # so a server says that it can send one
    await ws.send_input({"type": "websocket.connect"})
    response = await ws.receive_output(timeout=5)
    assert response["type"] == "websocket.http.response.start"
    return response["status"]`;
