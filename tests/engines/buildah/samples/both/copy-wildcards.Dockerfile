FROM scratch
COPY d/*.txt /texts/
COPY [ab] /
COPY d/s*b /s/
