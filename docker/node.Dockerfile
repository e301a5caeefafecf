# syntax=docker/dockerfile:1
# The Carbon Chain node. Build from the top of the checkout, with the commit for the version string:
#   docker build -f docker/node.Dockerfile --build-arg COMMIT="$(git rev-parse --short=11 HEAD)" -t carbon-node:local .

# scripts/setup.sh asks for Node.js, which the client of the same checkout needs.
FROM node:20-bookworm-slim AS nodejs

FROM rust:1.95.0-bookworm AS builder
COPY --from=nodejs /usr/local/bin/node /usr/local/bin/
COPY --from=nodejs /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm

WORKDIR /src
# The tools change rarely: this layer is built again only when what it reads does.
COPY rust-toolchain.toml Cargo.toml ./
COPY scripts/setup.sh scripts/lib.sh scripts/
RUN CARGO_TARGET_DIR=/tmp/setup scripts/setup.sh

COPY . .
# Without the commit (the build context holds no .git) the version would end in zeros.
ARG COMMIT=00000000000
ENV SUBSTRATE_CLI_GIT_COMMIT_HASH=$COMMIT
# The target directory is a cache of the builder, not part of the image, so the binary is copied out of it at once.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/target \
    CARGO_TARGET_DIR=/target cargo build --locked --release --package carbon-node \
    && install -D --strip /target/release/carbon-node /out/carbon-node

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=builder /out/carbon-node /usr/local/bin/carbon-node
# A number, so that an orchestrator can see that the user is not root.
RUN useradd --uid 10001 --create-home --home-dir /home/carbon --shell /usr/sbin/nologin carbon \
    && install --directory --owner carbon --group carbon /data \
    && carbon-node --version
USER 10001
# The node keeps its database and keys in /data/carbon-node unless --base-path says otherwise.
ENV XDG_DATA_HOME=/data
VOLUME /data
# Peers, JSON-RPC, Prometheus.
EXPOSE 30333 9944 9615
ENTRYPOINT ["/usr/local/bin/carbon-node"]
CMD ["--help"]
