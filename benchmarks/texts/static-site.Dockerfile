FROM node:20-alpine AS build
WORKDIR /site
COPY package*.json ./
RUN npm ci
COPY . .
ARG PUBLIC_URL=/
ENV PUBLIC_URL=$PUBLIC_URL
RUN npm run build

FROM nginx:1.25-alpine
LABEL org.opencontainers.image.title="site" \
      org.opencontainers.image.licenses="MIT"
RUN rm -rf /usr/share/nginx/html/*
COPY <<EOF /etc/nginx/conf.d/default.conf
server {
  listen 80;
  root /usr/share/nginx/html;
  location / {
    try_files \$uri \$uri/ /index.html;
  }
  location ~* \.(?:js|css|woff2)$ {
    expires 1y;
    add_header Cache-Control "public, immutable";
  }
}
EOF
COPY --from=build /site/dist /usr/share/nginx/html
EXPOSE 80
CMD ["nginx", "-g", "daemon off;"]
