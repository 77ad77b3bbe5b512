"""All pages of the setup site, on one screen.

A page that is not in this list does not exist; one that is not ``open`` sends
whoever has not signed in to ``/sign-in``.
"""

from __future__ import annotations

from bridge.routes.site import (
    connect,
    docs,
    doctor_page,
    downloads,
    gallery,
    home,
    pairing,
    sign_in,
    static_files,
    trying,
)
from bridge.routes.site import devices as devices_page
from bridge.routes.site.page import Page

# fmt: off
PAGES: tuple[Page, ...] = (
    Page("GET", "/", home.show),
    Page("GET", "/docs", docs.show, guard="open"),
    Page("GET", "/sign-in", sign_in.show, guard="open"),
    Page("POST", "/sign-in", sign_in.submit, guard="open"),
    Page("GET", "/pair", sign_in.show_pairing, guard="open"),
    Page("POST", "/pair", sign_in.submit, guard="open"),
    Page("POST", "/sign-out", sign_in.leave),
    Page("POST", "/sign-out/everywhere", sign_in.leave_everywhere),
    Page("GET", "/pairing", pairing.show),
    Page("POST", "/pairing", pairing.create),
    Page("POST", "/connect", connect.submit),
    Page("POST", "/disconnect", connect.leave),
    Page("GET", "/devices", devices_page.index),
    Page("POST", "/devices", devices_page.create),
    Page("GET", "/devices/code", devices_page.show_code),
    Page("POST", "/devices/<device_id>/revoke", devices_page.revoke),
    Page("GET", "/recipes/<slug>", gallery.recipe),
    Page("GET", "/try/<slug>", trying.show, failures="flat"),
    Page("GET", "/doctor", doctor_page.show),
    Page("POST", "/doctor", doctor_page.read_request),
    Page("GET", "/doctor/everything", doctor_page.everything),
    Page("GET", "/shortcuts/<language>/<name>", downloads.show, "open", "asked"),
    Page("GET", "/static/<name>", static_files.show, "open", "flat"),
)
# fmt: on
