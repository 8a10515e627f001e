"""The module ``mneme`` that code in a sandbox can import, the same in every back end.

Evaluated once in each interpreter; ``make`` answers the module. All it can do is ask the host, which
decides: ``ask(kind, text, more, last)`` sends progress and log lines, and for ``bridge`` answers
``(ok, text)``.
"""


def make(module, ask, dumps, loads):
    module.__doc__ = "What code in the sandbox may ask of the host."

    class BridgeError(Exception):
        """The host refused a request or could not answer it."""

    def progress(done, total=0, message=""):
        """Tells the caller how far the work is; a total of 0 means it is not known."""
        ask("progress", str(message), float(done), float(total))

    def log(message, level="info"):
        """Sends one line to the caller's log."""
        ask("log", str(message), str(level), None)

    def request(operation, **arguments):
        """Asks the host to do something and waits for the answer."""
        ok, text = ask("bridge", str(operation), dumps(arguments), None)
        if not ok:
            raise BridgeError(text)
        return loads(text)

    class Unanswered(BaseException):
        """Nobody could answer a question, which ends the code: no ``except Exception`` goes on without."""

    def _put(**arguments):
        answer = request("ask", **arguments)
        if "unanswered" in answer:
            raise Unanswered(answer["unanswered"])
        return answer

    def question(text, choices=(), kind="text", default=None):
        """Asks the user, who takes as long as it takes: a text, one of the choices (a list, or a dict of
        values and what they are called), for the kind "several" a list of them, for "yes_no" True or
        False, for "number" or "integer" a number; None when the user does not want to answer. Never for
        secrets."""
        listed = {str(one): str(choices[one]) for one in choices} if isinstance(choices, dict) \
            else [str(one) for one in choices]
        return _put(question=str(text), choices=listed, kind=str(kind), default=default).get("value")

    class Answer:
        """What the user did with a form: ``action`` is "accept", "decline" or "cancel" (put away), ``values``
        what was filled in; true when it was accepted."""

        __slots__ = ("action", "values")

        def __init__(self, answer):
            self.action = answer["action"]
            self.values = answer.get("values", {})

        def __bool__(self):
            return self.action == "accept"

        def __getitem__(self, name):
            return self.values[name]

        def __repr__(self):
            return "<Answer " + self.action + " " + repr(self.values) + ">"

    types = {str: "string", int: "integer", float: "number", bool: "boolean"}

    def _field(wanted):
        if isinstance(wanted, dict):
            return wanted
        if isinstance(wanted, (list, tuple)):
            return {"type": "string", "enum": [str(one) for one in wanted]}
        if wanted in types:
            return {"type": types[wanted]}
        raise ValueError("A field is str, int, float, bool, a list of choices, or a schema as a dict.")

    def form(text, fields, required=None, name="question"):
        """Has the user fill in fields, by name: str, int, float, bool, a list of choices, or a dict, a JSON
        schema as MCP's forms have it ("type", "title", "description", "default", "enum", ...). Required are,
        unless named, those without a default. Answers what the user did. Never for secrets."""
        wanted = {str(one): _field(fields[one]) for one in fields}
        if required is None:
            required = [one for one in wanted if "default" not in wanted[one]]
        return Answer(_put(question=str(text), fields=wanted, required=list(required), name=str(name)))

    class Response:
        """What a server answered; any status is an answer."""

        __slots__ = ("status", "url", "headers", "_text", "_base64")

        def __init__(self, answer):
            self.status = answer["status"]
            self.url = answer["url"]
            self.headers = answer["headers"]
            self._text = answer.get("body")
            self._base64 = answer.get("body_base64")

        def __repr__(self):
            return "<Response " + str(self.status) + " " + self.url + ">"

        @property
        def ok(self):
            return 200 <= self.status < 300

        @property
        def content(self):
            if self._base64 is None:
                return self._text.encode("utf-8")
            import binascii
            return binascii.a2b_base64(self._base64)

        @property
        def text(self):
            return self._text if self._base64 is None else self.content.decode("utf-8", "replace")

        def json(self):
            return loads(self.text)

    def _send(method, url, headers, body, timeout):
        arguments = {"method": method, "url": str(url), "headers": dict(headers or {})}
        arguments.update(body)
        if timeout is not None:
            arguments["timeout"] = float(timeout)
        return Response(request("http", **arguments))

    class Http:
        """Requests to the hosts that the tool's header asks for and the operator granted."""

        __slots__ = ()

        def get(self, url, headers=None, timeout=None):
            return _send("GET", url, headers, {}, timeout)

        def post(self, url, json=None, data=None, headers=None, timeout=None):
            """Sends ``json``, or ``data`` (text, bytes, or a dict sent as a form)."""
            headers = dict(headers or {})
            kind = ""
            body = {}
            if json is not None:
                kind = "application/json"
                body = {"body": dumps(json)}
            elif isinstance(data, (bytes, bytearray)):
                import binascii
                kind = "application/octet-stream"
                body = {"body_base64": binascii.b2a_base64(bytes(data), newline=False).decode("ascii")}
            elif isinstance(data, dict):
                from urllib.parse import urlencode
                kind = "application/x-www-form-urlencoded"
                body = {"body": urlencode(data)}
            elif data is not None:
                kind = "text/plain; charset=utf-8"
                body = {"body": str(data)}
            if kind and not any(name.lower() == "content-type" for name in headers):
                headers["Content-Type"] = kind
            return _send("POST", url, headers, body, timeout)

    class Secrets:
        """Secrets that the tool's header asks for and the operator granted, by name."""

        __slots__ = ()

        def __getitem__(self, name):
            return request("secret", name=str(name))["value"]

        def get(self, name, default=None):
            try:
                return self[name]
            except BridgeError:
                return default

        def __contains__(self, name):
            return self.get(name) is not None

        def __repr__(self):
            return "<secrets>"

    class Memory:
        """Blocks and passages of the agent that calls."""

        __slots__ = ()

        def blocks(self):
            """All blocks: dicts with label, value, description, limit, read_only."""
            return request("memory.read")["blocks"]

        def read(self, label):
            """The value of one block."""
            return request("memory.read", label=str(label))["blocks"][0]["value"]

        def write(self, label, value):
            """Replaces the value of one block."""
            return request("memory.write", label=str(label), value=str(value))

        def search(self, query, limit=10, tags=()):
            """Passages of the archive that fit best: dicts with id, text, tags, created_at, score."""
            answer = request("memory.search", query=str(query), limit=int(limit), tags=list(tags))
            return answer["passages"]

        def insert(self, text, tags=()):
            """Stores a passage in the archive; answers its id."""
            return request("memory.insert", text=str(text), tags=list(tags))["id"]

    class Tools:
        """The tools the caller may use, as functions: ``mneme.tools.calculator(expression="1+1")``."""

        __slots__ = ()

        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)

            def call(**arguments):
                return request("tool", name=name, arguments=arguments)["result"]

            call.__name__ = name
            return call

    for kind in (Answer, BridgeError, Response, Unanswered):
        kind.__module__ = "mneme"
    module.BridgeError = BridgeError
    module.Unanswered = Unanswered
    module.ask = question
    module.form = form
    module.Answer = Answer
    module.Response = Response
    module.progress = progress
    module.log = log
    module.request = request
    module.http = Http()
    module.secrets = Secrets()
    module.memory = Memory()
    module.tools = Tools()
    return module


make
