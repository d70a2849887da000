# The proxy on the newest LTS line of Node. The last stage has no shell, no npm and no package manager,
# writes nowhere, and runs as user 65532.
#
#   docker build -t holdfast .
#   docker run --read-only -p 8787:8787 -p 127.0.0.1:9464:9464 -e HOLDFAST_UPSTREAM=https://api.openai.com holdfast
#
# test/image/dockerfile.test.ts runs these steps and starts what comes out of them.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY .ci/bundle.mjs ./.ci/
COPY src ./src
RUN npm run build

FROM ${RUNTIME_IMAGE} AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="holdfast" \
      org.opencontainers.image.description="A transparent proxy in front of a model API that watches for behavioural drift" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
# The packages are in dist, and their licences beside it. Those of a classifier of one's own go to /app/node_modules.
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
COPY suites ./suites
COPY LICENSE ./
# The traffic thread's heap; the monitor's own is monitor.heap_mb, and copies of traffic lie outside of both.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-old-space-size=384
USER 65532:65532
EXPOSE 8787 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:9464/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node", "dist/cli.js"]
# No variables for these: they would go before the keys of a file.
CMD ["serve", "--listen", "0.0.0.0:8787", "--admin", "0.0.0.0:9464"]
