# Two stages: one with the compiler, and one with nothing but the program, the C library it is linked to and its
# folders. The second is built from scratch: no shell, no package manager, nothing to keep up to date but this one tag.

FROM rust:1.95.0-slim-bookworm AS builder
WORKDIR /build

# The dependencies alone, in a layer that stays until one of these changes.
COPY .cargo .cargo
COPY Cargo.toml Cargo.lock ./
RUN mkdir src benches fuzz \
    && echo 'fn main() {}' | tee src/main.rs benches/browser.rs benches/envelope.rs benches/load.rs benches/transfer.rs \
       > fuzz/main.rs \
    && touch src/lib.rs \
    && cargo build --profile dist --locked \
    && rm -r src

COPY src src
COPY locales locales
COPY templates templates
COPY static static
# The stand-ins may be newer than the real files; cargo goes by the time of change.
RUN touch src/main.rs src/lib.rs \
    && cargo build --profile dist --locked

# What the program needs beside itself: the libraries it names and their loader, under their own paths; how names are
# looked up; whom to trust for TLS; and an empty folder for the built-in store.
RUN mkdir -p /image/etc/ssl/certs /empty \
    && ldd target/dist/onetimeshare | grep -o '/[^ ]*' | sort -u \
       | xargs -I{} cp --dereference --parents {} /image \
    && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ \
    && echo 'hosts: files dns' > /image/etc/nsswitch.conf \
    && echo 'onetimeshare:x:10001:10001::/app:/sbin/nologin' > /image/etc/passwd \
    && echo 'onetimeshare:x:10001:' > /image/etc/group

FROM scratch
WORKDIR /app

COPY --from=builder /image/ /
# Only this folder belongs to the user that runs the program; everything else is root's and is only read.
COPY --from=builder --chown=10001:10001 /empty /data
COPY --from=builder /build/target/dist/onetimeshare ./
COPY LICENSE-APACHE LICENSE-MIT Rocket.toml ./
COPY templates templates
COPY static static
COPY locales locales

ENV ROCKET_ADDRESS=0.0.0.0 \
    ROCKET_PORT=8000 \
    ROCKET_DATA_DIR=/data

# By number, so that a host can tell that it is not root without looking into the image.
USER 10001:10001
# Shares of the built-in store. Not used with Redis.
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/app/onetimeshare", "healthcheck"]
ENTRYPOINT ["/app/onetimeshare"]
