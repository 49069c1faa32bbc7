FROM scratch
COPY a b /
COPY run.sh /bin/run
