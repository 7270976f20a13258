"""Which files go along to a reader's page: of Python's library, of the packages that the application imports, of ours.

What is left out is what nothing here can reach: other databases, other servers, command lines, tests, translations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path

from in_page.imports import FILE, imports_of

DISTRIBUTIONS = (
    "django",
    "channels",
    "asgiref",
    "sqlparse",
    "starlette",
    "anyio",
    "typing_extensions",
    "dj-database-url",
    "websockets",
)
"""The packages, as requirements.txt has them installed, by their hashes. All are pure Python, or can be."""

LEFT_OUT = re.compile(
    r"""
      ^\.\. | \.dist-info/ | /tests?/ | __pycache__ | __main__\.py$
    | ^django/(test|conf/(project|app)_template|forms/(templates|jinja2)|views/templates|contrib/gis)/
    | ^django/contrib/(admin|admindocs|flatpages|gis|humanize|messages|postgres|redirects|sitemaps|staticfiles
                      |syndication)/
    | ^django/contrib/auth/(common-passwords|templates|handlers|admin|urls)
    | ^django/contrib/(auth|contenttypes|sessions)/management/commands/
    | ^django/db/backends/(mysql|oracle|postgresql)/
    | ^django/core/management/commands/(?!__init__|migrate\.py)
    | ^django/core/serializers/(xml_serializer|jsonl|pyyaml)
    | ^django/core/(mail/backends|cache/backends/(db|memcached|redis))
    | ^channels/(testing/live\.py|management/)
    | ^anyio/(pytest_plugin|_backends/_trio)
    | ^django/conf/locale/(?!__init__|en/)
    | ^starlette/(testclient|templating|schemas|staticfiles|middleware/(?!__init__|cors))
    | ^websockets/(asyncio|sync|trio|legacy|cli|auth|proxy|extensions/permessage_deflate)\b
    """,
    re.VERBOSE,
)

NEEDED_DATA = re.compile(r"^django/conf/locale/en/LC_MESSAGES/django\.mo$")
"""Files that are no modules: without this one Django does not start in English."""

LIBRARY_LEFT_OUT = re.compile(
    r"""
      ^(_pyrepl|ensurepip|venv|idlelib|tkinter|turtle|curses|dbm|xmlrpc|zipapp|pydoc_data|profiling)\b
    | ^(doctest|pdb|bdb|cmd|profile|cProfile|pstats|timeit|trace|tracemalloc|symtable|tabnanny|pyclbr|modulefinder)\.py
    | ^(imaplib|poplib|ftplib|smtplib|mailbox|netrc|webbrowser|plistlib|wave|colorsys|antigravity|this)\.py
    | ^(_pyio|_pydecimal|_pydatetime|_pylong|pickletools|pydoc|py_compile|compileall|rlcompleter|getopt|optparse)\.py
    | ^(filecmp|fileinput|sched|nturl2path|__hello__|tty|pty|stringprep)\.py | ^__phello__/
    | ^(_android|_apple|_ios|_osx|_aix)_support\.py
    | ^(xml/|ctypes/|tarfile\.py|tomllib/|_ast_unparse\.py|asyncio/(windows_|proactor_|tools))
    | ^sqlite3/(__main__|dump) | ^http/(server|cookiejar)\.py | ^wsgiref/simple_server\.py
    | ^concurrent/(interpreters|futures/(interpreter|process))
    | ^multiprocessing/(?!__init__|context|process|reduction)
    | ^encodings/(?!__init__|aliases|utf_8|ascii|latin_1|idna|cp437|utf_16|raw_unicode|unicode_escape|punycode|cp1252)
    """,
    re.VERBOSE,
)

OURS = re.compile(
    r"""
      ^contract/
    | ^in_page/(?!build/)
     | ^live_docs/(__init__\.py|notation/(?!challenge|mend))
     | ^sandbox_server/(?!__main__|management/|hardened_daphne/(?!__init__|events)|observing/frames|operating/
                         |guards/(around|handshakes|hosts|proxy|rates|requests)\.py)
    | ^handed_out/(__init__\.py|project/(__init__\.py|chat/(?!management/)))
    """,
    re.VERBOSE,
)


def packages() -> Iterator[tuple[str, bytes]]:
    """The packages' files, by the names under which they are imported."""
    for name in DISTRIBUTIONS:
        for file in distribution(name).files or ():
            path = file.as_posix()
            if path.endswith(".py") and not LEFT_OUT.search(path):
                yield path, read(file)


def read(file: PackagePath) -> bytes:
    return Path(str(file.locate())).read_bytes()


def project(root: Path) -> Iterator[tuple[str, bytes]]:
    """Our own modules and what they import of each other, what each package says of its version, and the one file of
    Django's that is no module.
    """
    imports = {}
    for folder in ("contract", "in_page", "live_docs", "sandbox_server", "handed_out"):
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if OURS.search(name) and "/tests/" not in name:
                yield name, path.read_bytes()
                module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                imports[module] = imports_of(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
    ours = {module: sorted(those.intersection(imports)) for module, those in imports.items()}
    yield FILE, json.dumps(ours).encode()
    for package in map(distribution, DISTRIBUTIONS):
        metadata = f"Metadata-Version: 2.1\nName: {package.name}\nVersion: {package.version}\n"
        yield from ((file.as_posix(), read(file)) for file in package.files or () if NEEDED_DATA.search(str(file)))
        yield f"{package.name.replace('-', '_')}-{package.version}.dist-info/METADATA", metadata.encode()


def licences() -> Iterator[tuple[str, str]]:
    """Each package, with its version, and its licence."""
    for package in map(distribution, DISTRIBUTIONS):
        yield f"{package.metadata['Name']} {package.version}", licence_of(package)


def licence_of(package: Distribution) -> str:
    files = [
        file for file in package.files or () if re.search(r"\.dist-info/.*(LICEN[SC]E|AUTHORS|COPYING)", str(file))
    ]
    if not files:
        raise FileNotFoundError(f"{package.name} {package.version} was installed without its licence")
    return "\n\n".join(read(file).decode() for file in files)
