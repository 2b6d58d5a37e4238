# docker build -t feedbot .   See docs/docker.md.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/run.txt requirements/
RUN python -m venv /opt/feedbot \
    && /opt/feedbot/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY feedbot feedbot
RUN /opt/feedbot/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/feedbot/bin/python -m compileall -q /opt/feedbot

FROM python:3.13-slim
# A fixed number, so that files on a volume keep their owner.
RUN useradd --uid 10001 --home-dir /var/lib/feedbot --create-home feedbot
COPY --from=build /opt/feedbot /opt/feedbot
ENV PATH=/opt/feedbot/bin:$PATH FEEDBOT_CONFIG=/etc/feedbot/feedbot.toml
USER feedbot
WORKDIR /var/lib/feedbot
VOLUME /var/lib/feedbot
# Needs [metrics] listen = "127.0.0.1:9464": /health answers 503 when the scheduler hangs.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9464/health', timeout=9)"]
ENTRYPOINT ["feedbot"]
CMD ["run"]
