FROM alpine
RUN hostname > /h; echo mine > /etc/hostname
RUN cat /etc/hostname > /after
