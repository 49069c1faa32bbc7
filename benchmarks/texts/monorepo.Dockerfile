# syntax=docker/dockerfile:1
# One file for the whole repository: each service is a target.
ARG NODE_VERSION=20
ARG REGISTRY=docker.io/library

FROM ${REGISTRY}/node:${NODE_VERSION}-alpine AS base
RUN apk add --no-cache libc6-compat tini
RUN corepack enable
WORKDIR /repo
ENV PNPM_HOME=/pnpm \
    PATH=/pnpm:$PATH

FROM base AS manifests
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
COPY packages/package.json packages/

FROM manifests AS deps
RUN --mount=type=cache,id=pnpm,target=/pnpm/store pnpm install --frozen-lockfile

FROM deps AS packages
COPY packages packages
RUN pnpm --filter "./packages/**" build

# -- accounts ----------------------------------------------------------------------
FROM packages AS accounts-build
COPY services/accounts services/accounts
RUN pnpm --filter accounts build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter accounts --prod deploy /out/accounts

FROM accounts-build AS accounts-test
RUN pnpm --filter accounts test

FROM base AS accounts
ENV NODE_ENV=production SERVICE=accounts PORT=3000
COPY --from=accounts-build --chown=node:node /out/accounts /srv/accounts
WORKDIR /srv/accounts
USER node
EXPOSE 3000
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- billing ----------------------------------------------------------------------
FROM packages AS billing-build
COPY services/billing services/billing
RUN pnpm --filter billing build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter billing --prod deploy /out/billing

FROM billing-build AS billing-test
RUN pnpm --filter billing test

FROM base AS billing
ENV NODE_ENV=production SERVICE=billing PORT=3001
COPY --from=billing-build --chown=node:node /out/billing /srv/billing
WORKDIR /srv/billing
USER node
EXPOSE 3001
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- catalogue ----------------------------------------------------------------------
FROM packages AS catalogue-build
COPY services/catalogue services/catalogue
RUN pnpm --filter catalogue build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter catalogue --prod deploy /out/catalogue

FROM catalogue-build AS catalogue-test
RUN pnpm --filter catalogue test

FROM base AS catalogue
ENV NODE_ENV=production SERVICE=catalogue PORT=3002
COPY --from=catalogue-build --chown=node:node /out/catalogue /srv/catalogue
WORKDIR /srv/catalogue
USER node
EXPOSE 3002
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- checkout ----------------------------------------------------------------------
FROM packages AS checkout-build
COPY services/checkout services/checkout
RUN pnpm --filter checkout build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter checkout --prod deploy /out/checkout

FROM checkout-build AS checkout-test
RUN pnpm --filter checkout test

FROM base AS checkout
ENV NODE_ENV=production SERVICE=checkout PORT=3003
COPY --from=checkout-build --chown=node:node /out/checkout /srv/checkout
WORKDIR /srv/checkout
USER node
EXPOSE 3003
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- inventory ----------------------------------------------------------------------
FROM packages AS inventory-build
COPY services/inventory services/inventory
RUN pnpm --filter inventory build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter inventory --prod deploy /out/inventory

FROM inventory-build AS inventory-test
RUN pnpm --filter inventory test

FROM base AS inventory
ENV NODE_ENV=production SERVICE=inventory PORT=3004
COPY --from=inventory-build --chown=node:node /out/inventory /srv/inventory
WORKDIR /srv/inventory
USER node
EXPOSE 3004
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- invoices ----------------------------------------------------------------------
FROM packages AS invoices-build
COPY services/invoices services/invoices
RUN pnpm --filter invoices build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter invoices --prod deploy /out/invoices

FROM invoices-build AS invoices-test
RUN pnpm --filter invoices test

FROM base AS invoices
ENV NODE_ENV=production SERVICE=invoices PORT=3005
COPY --from=invoices-build --chown=node:node /out/invoices /srv/invoices
WORKDIR /srv/invoices
USER node
EXPOSE 3005
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- mailer ----------------------------------------------------------------------
FROM packages AS mailer-build
COPY services/mailer services/mailer
RUN pnpm --filter mailer build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter mailer --prod deploy /out/mailer

FROM mailer-build AS mailer-test
RUN pnpm --filter mailer test

FROM base AS mailer
ENV NODE_ENV=production SERVICE=mailer PORT=3006
COPY --from=mailer-build --chown=node:node /out/mailer /srv/mailer
WORKDIR /srv/mailer
USER node
EXPOSE 3006
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- media ----------------------------------------------------------------------
FROM packages AS media-build
COPY services/media services/media
RUN pnpm --filter media build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter media --prod deploy /out/media

FROM media-build AS media-test
RUN pnpm --filter media test

FROM base AS media
ENV NODE_ENV=production SERVICE=media PORT=3007
COPY --from=media-build --chown=node:node /out/media /srv/media
WORKDIR /srv/media
USER node
EXPOSE 3007
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- notifications ----------------------------------------------------------------------
FROM packages AS notifications-build
COPY services/notifications services/notifications
RUN pnpm --filter notifications build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter notifications --prod deploy /out/notifications

FROM notifications-build AS notifications-test
RUN pnpm --filter notifications test

FROM base AS notifications
ENV NODE_ENV=production SERVICE=notifications PORT=3008
COPY --from=notifications-build --chown=node:node /out/notifications /srv/notifications
WORKDIR /srv/notifications
USER node
EXPOSE 3008
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- orders ----------------------------------------------------------------------
FROM packages AS orders-build
COPY services/orders services/orders
RUN pnpm --filter orders build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter orders --prod deploy /out/orders

FROM orders-build AS orders-test
RUN pnpm --filter orders test

FROM base AS orders
ENV NODE_ENV=production SERVICE=orders PORT=3009
COPY --from=orders-build --chown=node:node /out/orders /srv/orders
WORKDIR /srv/orders
USER node
EXPOSE 3009
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- payments ----------------------------------------------------------------------
FROM packages AS payments-build
COPY services/payments services/payments
RUN pnpm --filter payments build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter payments --prod deploy /out/payments

FROM payments-build AS payments-test
RUN pnpm --filter payments test

FROM base AS payments
ENV NODE_ENV=production SERVICE=payments PORT=3010
COPY --from=payments-build --chown=node:node /out/payments /srv/payments
WORKDIR /srv/payments
USER node
EXPOSE 3010
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- pricing ----------------------------------------------------------------------
FROM packages AS pricing-build
COPY services/pricing services/pricing
RUN pnpm --filter pricing build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter pricing --prod deploy /out/pricing

FROM pricing-build AS pricing-test
RUN pnpm --filter pricing test

FROM base AS pricing
ENV NODE_ENV=production SERVICE=pricing PORT=3011
COPY --from=pricing-build --chown=node:node /out/pricing /srv/pricing
WORKDIR /srv/pricing
USER node
EXPOSE 3011
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- profiles ----------------------------------------------------------------------
FROM packages AS profiles-build
COPY services/profiles services/profiles
RUN pnpm --filter profiles build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter profiles --prod deploy /out/profiles

FROM profiles-build AS profiles-test
RUN pnpm --filter profiles test

FROM base AS profiles
ENV NODE_ENV=production SERVICE=profiles PORT=3012
COPY --from=profiles-build --chown=node:node /out/profiles /srv/profiles
WORKDIR /srv/profiles
USER node
EXPOSE 3012
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- recommendations ----------------------------------------------------------------------
FROM packages AS recommendations-build
COPY services/recommendations services/recommendations
RUN pnpm --filter recommendations build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter recommendations --prod deploy /out/recommendations

FROM recommendations-build AS recommendations-test
RUN pnpm --filter recommendations test

FROM base AS recommendations
ENV NODE_ENV=production SERVICE=recommendations PORT=3013
COPY --from=recommendations-build --chown=node:node /out/recommendations /srv/recommendations
WORKDIR /srv/recommendations
USER node
EXPOSE 3013
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- reports ----------------------------------------------------------------------
FROM packages AS reports-build
COPY services/reports services/reports
RUN pnpm --filter reports build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter reports --prod deploy /out/reports

FROM reports-build AS reports-test
RUN pnpm --filter reports test

FROM base AS reports
ENV NODE_ENV=production SERVICE=reports PORT=3014
COPY --from=reports-build --chown=node:node /out/reports /srv/reports
WORKDIR /srv/reports
USER node
EXPOSE 3014
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- returns ----------------------------------------------------------------------
FROM packages AS returns-build
COPY services/returns services/returns
RUN pnpm --filter returns build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter returns --prod deploy /out/returns

FROM returns-build AS returns-test
RUN pnpm --filter returns test

FROM base AS returns
ENV NODE_ENV=production SERVICE=returns PORT=3015
COPY --from=returns-build --chown=node:node /out/returns /srv/returns
WORKDIR /srv/returns
USER node
EXPOSE 3015
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- reviews ----------------------------------------------------------------------
FROM packages AS reviews-build
COPY services/reviews services/reviews
RUN pnpm --filter reviews build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter reviews --prod deploy /out/reviews

FROM reviews-build AS reviews-test
RUN pnpm --filter reviews test

FROM base AS reviews
ENV NODE_ENV=production SERVICE=reviews PORT=3016
COPY --from=reviews-build --chown=node:node /out/reviews /srv/reviews
WORKDIR /srv/reviews
USER node
EXPOSE 3016
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- search ----------------------------------------------------------------------
FROM packages AS search-build
COPY services/search services/search
RUN pnpm --filter search build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter search --prod deploy /out/search

FROM search-build AS search-test
RUN pnpm --filter search test

FROM base AS search
ENV NODE_ENV=production SERVICE=search PORT=3017
COPY --from=search-build --chown=node:node /out/search /srv/search
WORKDIR /srv/search
USER node
EXPOSE 3017
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- sessions ----------------------------------------------------------------------
FROM packages AS sessions-build
COPY services/sessions services/sessions
RUN pnpm --filter sessions build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter sessions --prod deploy /out/sessions

FROM sessions-build AS sessions-test
RUN pnpm --filter sessions test

FROM base AS sessions
ENV NODE_ENV=production SERVICE=sessions PORT=3018
COPY --from=sessions-build --chown=node:node /out/sessions /srv/sessions
WORKDIR /srv/sessions
USER node
EXPOSE 3018
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- shipping ----------------------------------------------------------------------
FROM packages AS shipping-build
COPY services/shipping services/shipping
RUN pnpm --filter shipping build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter shipping --prod deploy /out/shipping

FROM shipping-build AS shipping-test
RUN pnpm --filter shipping test

FROM base AS shipping
ENV NODE_ENV=production SERVICE=shipping PORT=3019
COPY --from=shipping-build --chown=node:node /out/shipping /srv/shipping
WORKDIR /srv/shipping
USER node
EXPOSE 3019
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- stock ----------------------------------------------------------------------
FROM packages AS stock-build
COPY services/stock services/stock
RUN pnpm --filter stock build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter stock --prod deploy /out/stock

FROM stock-build AS stock-test
RUN pnpm --filter stock test

FROM base AS stock
ENV NODE_ENV=production SERVICE=stock PORT=3020
COPY --from=stock-build --chown=node:node /out/stock /srv/stock
WORKDIR /srv/stock
USER node
EXPOSE 3020
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- support ----------------------------------------------------------------------
FROM packages AS support-build
COPY services/support services/support
RUN pnpm --filter support build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter support --prod deploy /out/support

FROM support-build AS support-test
RUN pnpm --filter support test

FROM base AS support
ENV NODE_ENV=production SERVICE=support PORT=3021
COPY --from=support-build --chown=node:node /out/support /srv/support
WORKDIR /srv/support
USER node
EXPOSE 3021
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- taxes ----------------------------------------------------------------------
FROM packages AS taxes-build
COPY services/taxes services/taxes
RUN pnpm --filter taxes build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter taxes --prod deploy /out/taxes

FROM taxes-build AS taxes-test
RUN pnpm --filter taxes test

FROM base AS taxes
ENV NODE_ENV=production SERVICE=taxes PORT=3022
COPY --from=taxes-build --chown=node:node /out/taxes /srv/taxes
WORKDIR /srv/taxes
USER node
EXPOSE 3022
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- translations ----------------------------------------------------------------------
FROM packages AS translations-build
COPY services/translations services/translations
RUN pnpm --filter translations build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm --filter translations --prod deploy /out/translations

FROM translations-build AS translations-test
RUN pnpm --filter translations test

FROM base AS translations
ENV NODE_ENV=production SERVICE=translations PORT=3023
COPY --from=translations-build --chown=node:node /out/translations /srv/translations
WORKDIR /srv/translations
USER node
EXPOSE 3023
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]

# -- everything at once, for the pipeline -----------------------------------
FROM scratch AS all-tests
COPY --from=accounts-test /repo/services/accounts/junit.xml /accounts.xml
COPY --from=billing-test /repo/services/billing/junit.xml /billing.xml
COPY --from=catalogue-test /repo/services/catalogue/junit.xml /catalogue.xml
COPY --from=checkout-test /repo/services/checkout/junit.xml /checkout.xml
COPY --from=inventory-test /repo/services/inventory/junit.xml /inventory.xml
COPY --from=invoices-test /repo/services/invoices/junit.xml /invoices.xml
COPY --from=mailer-test /repo/services/mailer/junit.xml /mailer.xml
COPY --from=media-test /repo/services/media/junit.xml /media.xml
COPY --from=notifications-test /repo/services/notifications/junit.xml /notifications.xml
COPY --from=orders-test /repo/services/orders/junit.xml /orders.xml
COPY --from=payments-test /repo/services/payments/junit.xml /payments.xml
COPY --from=pricing-test /repo/services/pricing/junit.xml /pricing.xml
COPY --from=profiles-test /repo/services/profiles/junit.xml /profiles.xml
COPY --from=recommendations-test /repo/services/recommendations/junit.xml /recommendations.xml
COPY --from=reports-test /repo/services/reports/junit.xml /reports.xml
COPY --from=returns-test /repo/services/returns/junit.xml /returns.xml
COPY --from=reviews-test /repo/services/reviews/junit.xml /reviews.xml
COPY --from=search-test /repo/services/search/junit.xml /search.xml
COPY --from=sessions-test /repo/services/sessions/junit.xml /sessions.xml
COPY --from=shipping-test /repo/services/shipping/junit.xml /shipping.xml
COPY --from=stock-test /repo/services/stock/junit.xml /stock.xml
COPY --from=support-test /repo/services/support/junit.xml /support.xml
COPY --from=taxes-test /repo/services/taxes/junit.xml /taxes.xml
COPY --from=translations-test /repo/services/translations/junit.xml /translations.xml
