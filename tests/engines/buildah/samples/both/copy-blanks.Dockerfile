FROM scratch
COPY ["name with blanks", "/to here/"]
