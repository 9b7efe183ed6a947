# docker build -t jointly --build-arg VERSION=… --build-arg REVISION="$(git rev-parse HEAD)" .
# docker run --rm --env-file jointly.env -v jointly:/data jointly migrate
# docker run --rm -it --env-file jointly.env -v jointly:/data jointly seller add … (docs/running-it.md)
# docker run --env-file jointly.env -v jointly:/data -p 127.0.0.1:8000:8000 --read-only --tmpfs /tmp --cap-drop ALL jointly

FROM python:3.11-slim-trixie
RUN useradd --uid 10001 --no-log-init --no-create-home --shell /usr/sbin/nologin jointly \
 && install -d -m 0700 -o 10001 -g 10001 /data

WORKDIR /opt/jointly
COPY requirements.lock ./
RUN pip install --no-cache-dir --root-user-action=ignore --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --root-user-action=ignore --no-deps --no-build-isolation -e . \
 && python -m compileall -q app migrations

# Everything that is written lies under /data: the database and, where no key was given, var/secret-key.
ENV JOINTLY_DATABASE_URL=sqlite:////data/jointly.db PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="Jointly" \
      org.opencontainers.image.description="Self-hosted portal for mutual action plans" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="MIT"
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["jointly"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
