FROM alpine
ADD --chown=app packed.tar.gz /p/
ADD --chown=3 d /q/
