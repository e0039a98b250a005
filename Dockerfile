# The bot in a container: docker build -t devreye . && docker run -it -v devreye:/data devreye init
# It runs as a user of its own and needs no file system but /data (and a small /tmp), so that the root may be read-only.

FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements/ requirements/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && python -m venv /opt/devreye \
    && /opt/devreye/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md ./
COPY locales/ locales/
COPY conversations/ conversations/
COPY bot/ bot/
RUN /opt/build/bin/hatchling build -t wheel -d /opt/wheel \
    && /opt/devreye/bin/pip install --no-cache-dir --no-deps /opt/wheel/*.whl \
    && /opt/devreye/bin/pip uninstall --yes --quiet pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin devreye \
    && install --directory --owner=devreye --group=devreye --mode=0700 /data
COPY --from=build /opt/devreye /opt/devreye
ENV PATH=/opt/devreye/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/devreye.db \
    JOURNAL_FILE=/data/devreye.journal \
    WEBHOOK_HOST=0.0.0.0 \
    MONITORING_HOST=0.0.0.0 \
    MONITORING_PORT=9464
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8443 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9464/healthz', timeout=4)"]
ENTRYPOINT ["devreye"]
CMD ["run"]
