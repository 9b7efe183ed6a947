# docker build -t jointly .
# docker run --rm --env-file jointly.env -v jointly:/data jointly migrate
# docker run --env-file jointly.env -v jointly:/data -p 8000:8000 --read-only --tmpfs /tmp --cap-drop ALL jointly

# SQLite before 3.51.3 can corrupt a WAL under several writers, and Debian's is older. The checksum is that of
# the tarball as published (Homebrew pins the same); change it together with the address.
FROM debian:trixie-slim AS sqlite
ARG SQLITE_URL=https://sqlite.org/2026/sqlite-autoconf-3540000.tar.gz
ARG SQLITE_SHA256=134ec0802dda5795816e25d25872d20b312cb3973438c49b30bc40b7705ea9ed
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
RUN curl -fsSL -o sqlite.tar.gz "$SQLITE_URL" \
 && echo "$SQLITE_SHA256  sqlite.tar.gz" > expected && sha256sum -c expected \
 && tar -xzf sqlite.tar.gz --strip-components=1 \
 && gcc -O2 -fPIC -shared -Wl,-soname,libsqlite3.so.0 -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_COLUMN_METADATA \
      -o libsqlite3.so.0 sqlite3.c -lm

FROM python:3.11-slim-trixie
COPY --from=sqlite /build/libsqlite3.so.0 /opt/sqlite/
ENV LD_LIBRARY_PATH=/opt/sqlite
RUN python -c "import sqlite3; assert sqlite3.sqlite_version_info >= (3, 51, 3), sqlite3.sqlite_version" \
 && useradd --uid 10001 --no-log-init --no-create-home --shell /usr/sbin/nologin jointly \
 && install -d -o 10001 -g 10001 /data

WORKDIR /opt/jointly
COPY requirements.lock ./
RUN pip install --no-cache-dir --root-user-action=ignore --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --root-user-action=ignore --no-deps --no-build-isolation -e . \
 && python -m compileall -q app migrations

# Everything that is written lies under /data: the database and, where no key was given, var/secret-key.
ENV JOINTLY_DATABASE_URL=sqlite:////data/jointly.db PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["jointly"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
