FROM scratch
WORKDIR /w/x
COPY a .
WORKDIR y
COPY b ./
