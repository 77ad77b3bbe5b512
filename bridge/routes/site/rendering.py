"""Pages as HTML, under a policy that allows nothing but our own files."""

from __future__ import annotations

from flask import Response, render_template

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


def render(template: str, *, status: int = 200, **words: object) -> Response:
    """Answer with a page."""
    body = render_template(template, **words)
    response = Response(body, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    return response


def go_to(place: str) -> Response:
    """Send the browser on to a place of ours, so that reloading repeats nothing."""
    return Response(status=303, headers={"Location": place})
