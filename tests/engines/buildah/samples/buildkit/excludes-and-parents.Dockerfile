FROM scratch
COPY --exclude=*.txt d /d
COPY --parents d/sub/deep d/*.txt /p/
