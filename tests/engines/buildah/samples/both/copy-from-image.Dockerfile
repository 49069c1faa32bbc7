FROM scratch
COPY --from=alpine /etc/passwd /etc/group /etc/
