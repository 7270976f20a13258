/** The functions that a Python script gets, each only where it is used. */

export const GET = `\
def get(path):
    """The status and the body of an HTTP response."""
    try:
        response = urlopen(HTTP + path, timeout=10)
    except HTTPError as error:
        response = error  # a status such as 404 is an answer, too
    return response.status, response.read().decode()`;

export const ASK = `\
def ask(cookies, method, path, body=""):
    """One HTTP request as a page makes it: a POST brings the CSRF token back."""
    browser = build_opener(HTTPCookieProcessor(cookies))
    request = Request(HTTP + path, headers={"Origin": ORIGIN}, method=method)
    if method == "POST":
        session = json.load(browser.open(HTTP + "/demo/session/", timeout=10))
        request.add_header("X-CSRFToken", session["csrf_token"])
        request.add_header("Content-Type", "application/json")
        request.data = body.encode()
    try:
        response = browser.open(request, timeout=10)
    except HTTPError as error:
        response = error  # a status such as 404 is an answer, too
    return response.status, response.read().decode()`;

export const LOG_IN = `\
def log_in(cookies, username):
    credentials = {"username": username, "password": "demo"}
    status, body = ask(cookies, "POST", "/demo/login/", json.dumps(credentials))
    assert status == 200, body`;

export const COOKIE_HEADER = `\
def cookie_header(cookies):
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)}`;

export const REFUSED = `\
def refused(url, **options):
    """The HTTP status with which the server refuses a handshake."""
    try:
        with connect(url, **options):
            raise AssertionError("accepted")
    except InvalidStatus as refusal:
        return refusal.response.status_code`;

export const UNANSWERED = `\
def unanswered(url, **options):
    """Whether the server ends TCP without having answered the handshake."""
    try:
        with connect(url, open_timeout=15, **options):
            return False
    except InvalidMessage:
        return True`;

export const WAIT_FOR_CLOSE = `\
def wait_for_close(ws):
    """The server must close, and send nothing before."""
    try:
        message = ws.recv(timeout=5)
    except ConnectionClosed:
        return
    raise AssertionError(f"a message, not the end: {message!r}")`;
