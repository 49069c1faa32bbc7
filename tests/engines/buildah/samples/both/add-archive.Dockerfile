FROM scratch
ADD packed.tar.gz /p
ADD a /p/
