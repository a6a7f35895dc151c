# Two stages: the builder, and an image from scratch with only the program, its shared libraries and its data. The image
# has no shell and no package manager, so the builder's tag is all that needs updates.

FROM rust:1.95.0-slim-bookworm AS builder
WORKDIR /build

# Builds the dependencies in a layer of their own, which is reused until one of these files changes.
COPY .cargo .cargo
COPY Cargo.toml Cargo.lock ./
COPY crates crates
# Part of the format: the matching words.
COPY static/js/lib/wordlist.js static/js/lib/
RUN mkdir src benches fuzz \
    && echo 'fn main() {}' | tee build.rs src/main.rs benches/browser.rs benches/envelope.rs benches/load.rs benches/transfer.rs \
       > fuzz/main.rs \
    && touch src/lib.rs \
    && cargo build --profile dist --locked --bin onetimeshare \
    && rm -r src

COPY build.rs ./
COPY src src
# Embedded into the program.
COPY docs/openapi.yaml docs/
COPY locales locales
COPY templates templates
COPY static static
# Cargo compares modification times, and the placeholders may be newer than the real files.
RUN touch build.rs src/main.rs src/lib.rs \
    && cargo build --profile dist --locked --bin onetimeshare

# Runtime dependencies: shared libraries and the loader, name resolution, CA certificates, and an empty directory for
# data.
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
# The only directories that the program's user can write to: the embedded store, and the files beside a Redis.
COPY --from=builder --chown=10001:10001 /empty /data
COPY --from=builder --chown=10001:10001 /empty /files
COPY --from=builder /build/target/dist/onetimeshare ./
COPY LICENSE-APACHE LICENSE-MIT Rocket.toml ./

ENV ROCKET_ADDRESS=0.0.0.0 \
    ROCKET_PORT=8000 \
    ROCKET_DATA_DIR=/data

# Numeric, so that a host can verify without the image's passwd that it is not root.
USER 10001:10001
# Data of the embedded store. Not used with Redis.
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/app/onetimeshare", "healthcheck"]
ENTRYPOINT ["/app/onetimeshare"]
