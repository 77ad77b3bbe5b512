# The bridge in a container: small, not root, its own files read-only.
#   docker compose up --detach      (compose.yaml; docs/run/docker.md)

FROM python:3.12-slim-bookworm AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt requirements-pictures.txt constraints.txt ./
RUN /venv/bin/python -m pip install --quiet --require-hashes --requirement requirements.txt
RUN /venv/bin/python -m pip install --quiet --only-binary pyvips-binary --require-hashes \
        --requirement requirements-pictures.txt \
    || /venv/bin/python -m pip install --quiet --only-binary resvg-py \
        --constraint constraints.txt resvg-py \
    || echo "Nothing that makes PNG has a wheel for this machine; pictures are SVG only."
COPY pyproject.toml README.md LICENSE ./
COPY bridge bridge
COPY shortcuts shortcuts
RUN /venv/bin/python -m pip install --quiet --no-deps .
RUN /venv/bin/python -m compileall -q /venv/lib && /venv/bin/python -m bridge.domain.speech.toml

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home bridge \
    && mkdir /data && chown 10001:10001 /data && chmod 700 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH BRIDGE_HOME=/data HOST=0.0.0.0 PYTHONDONTWRITEBYTECODE=1
WORKDIR /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/readyz', timeout=4)"]
CMD ["bridge", "serve", "--make-secret"]
