FROM scratch
COPY --exclude=*.txt d /d
COPY --exclude=**/four --exclude=sub/t* --chmod=711 d /e
