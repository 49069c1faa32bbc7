FROM alpine
COPY d/link /l
COPY absolute /m
COPY d /n
