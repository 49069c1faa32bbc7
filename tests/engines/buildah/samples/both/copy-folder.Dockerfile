FROM scratch
COPY d /d
COPY d/sub /deep/er/sub/
