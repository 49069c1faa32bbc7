FROM alpine
ENV A=b C="d e"
LABEL one=1 "two words"="x y"
EXPOSE 80 443/tcp 53/udp
VOLUME /data /more
USER app
WORKDIR /srv
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=5s --timeout=3s --retries=2 CMD true
ENTRYPOINT ["/bin/sh"]
CMD ["-c", "true"]
ONBUILD RUN echo later
