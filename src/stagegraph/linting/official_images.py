"""The names of Docker's official images, past ones too: a bare name among these is an image to everyone."""

from __future__ import annotations

OFFICIAL_IMAGES = frozenset(
    """
    adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux
    backdrop bash bonita buildpack-deps busybox caddy cassandra celery centos chronograf cirros
    clearlinux clefos clickhouse clojure composer consul convertigo couchbase couchdb crate crux dart
    debian django docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx
    erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy
    haskell haxe hello-world hitch httpd hylang ibm-semeru-runtimes ibmjava influxdb iojs irssi java
    jenkins jetty joomla jruby julia kapacitor kibana kong lightstreamer liquibase logstash mageia
    mariadb matomo maven mediawiki memcached mongo mongo-express monica mysql nats nats-streaming neo4j
    neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk opensuse oraclelinux
    orientdb owncloud percona perl photon php php-zendserver phpmyadmin piwik plone postfixadmin
    postgres pypy python r-base rabbitmq rails rakudo-star redis redmine registry rethinkdb rocket.chat
    rockylinux ros ruby rust sapmachine satosa silverpeas sl solr sonarqube sourcemage spark spiped
    storm swarm swift swipl teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap
    unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper
    """.split()  # noqa: SIM905 - a list of two hundred lines says no more
)
