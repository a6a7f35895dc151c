//! What each trouble does to people, and the settings that mend it.

use super::proxy::Proxy;

/// A trouble that the examination can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    PlainHttp,
    PlainToo,
    Links,
    BasePath,
    Assets,
    Altered,
    Cached,
    AssetsNotCached,
    Compressed,
    NotCompressed,
    Policy,
    Headers,
    Hsts,
    StoreDown,
    StoreWeak,
    Path,
    Part,
    FormSize,
    Buffered,
    SlowUpload,
    Wait,
    OldHttp,
    ForgedAddress,
    SharedAddress,
    ChangingAddress,
    Metrics,
}

/// The effect of a trouble, and how it is mended. An empty text means that there is nothing to set there.
pub(super) struct Remedy {
    /// What it does to people.
    pub(super) effect: &'static str,
    /// The setting of the program. `{url}` stands for the site's address.
    pub(super) program: &'static str,
    nginx: &'static str,
    caddy: &'static str,
    traefik: &'static str,
    haproxy: &'static str,
    apache: &'static str,
    cloudflare: &'static str,
}

impl Remedy {
    /// Returns the setting of a proxy, or `None` when it has none.
    pub(super) fn of(&self, proxy: Proxy) -> Option<&'static str> {
        let text = match proxy {
            Proxy::Nginx => self.nginx,
            Proxy::Caddy => self.caddy,
            Proxy::Traefik => self.traefik,
            Proxy::Haproxy => self.haproxy,
            Proxy::Apache => self.apache,
            Proxy::Cloudflare => self.cloudflare,
        };
        (!text.is_empty()).then_some(text)
    }
}

impl Trouble {
    /// The word for it in JSON.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PlainHttp => "plain_http",
            Self::PlainToo => "plain_http_too",
            Self::Links => "links",
            Self::BasePath => "base_path",
            Self::Assets => "assets",
            Self::Altered => "altered",
            Self::Cached => "cached",
            Self::AssetsNotCached => "assets_not_cached",
            Self::Compressed => "compressed",
            Self::NotCompressed => "not_compressed",
            Self::Policy => "policy",
            Self::Headers => "headers",
            Self::Hsts => "hsts",
            Self::StoreDown => "store_down",
            Self::StoreWeak => "store_weak",
            Self::Path => "path",
            Self::Part => "part",
            Self::FormSize => "form_size",
            Self::Buffered => "buffered",
            Self::SlowUpload => "slow_upload",
            Self::Wait => "wait",
            Self::OldHttp => "old_http",
            Self::ForgedAddress => "forged_address",
            Self::SharedAddress => "shared_address",
            Self::ChangingAddress => "changing_address",
            Self::Metrics => "metrics",
        }
    }

    /// Returns the effect and the settings.
    pub(super) fn remedy(self) -> Remedy {
        match self {
            Self::PlainHttp => PLAIN_HTTP,
            Self::PlainToo => PLAIN_TOO,
            Self::Links => LINKS,
            Self::BasePath => BASE_PATH,
            Self::Assets => ASSETS,
            Self::Altered => ALTERED,
            Self::Cached => CACHED,
            Self::AssetsNotCached => ASSETS_NOT_CACHED,
            Self::Compressed => COMPRESSED,
            Self::NotCompressed => NOT_COMPRESSED,
            Self::Policy => POLICY,
            Self::Headers => HEADERS,
            Self::Hsts => HSTS,
            Self::StoreDown => STORE_DOWN,
            Self::StoreWeak => STORE_WEAK,
            Self::Path => PATH,
            Self::Part => PART,
            Self::FormSize => FORM_SIZE,
            Self::Buffered => BUFFERED,
            Self::SlowUpload => SLOW_UPLOAD,
            Self::Wait => WAIT,
            Self::OldHttp => OLD_HTTP,
            Self::ForgedAddress => FORGED_ADDRESS,
            Self::SharedAddress => SHARED_ADDRESS,
            Self::ChangingAddress => CHANGING_ADDRESS,
            Self::Metrics => METRICS,
        }
    }
}

/// A remedy without settings.
const NOTHING: Remedy =
    Remedy { effect: "", program: "", nginx: "", caddy: "", traefik: "", haproxy: "", apache: "", cloudflare: "" };

const PLAIN_HTTP: Remedy = Remedy {
    effect: "browsers encrypt only on https, so the server sees every message, and so does the network",
    program: "public_url = \"https://…\"",
    nginx: "listen 443 ssl http2; with ssl_certificate and ssl_certificate_key",
    caddy: "write the site's name without http://, so that Caddy obtains a certificate",
    traefik: "a router on the entry point websecure with tls.certResolver",
    haproxy: "bind :443 ssl crt /etc/haproxy/site.pem alpn h2,http/1.1",
    apache: "SSLEngine on, with SSLCertificateFile and SSLCertificateKeyFile",
    cloudflare: "SSL/TLS: Full (strict), and Edge Certificates: Always Use HTTPS",
};

const PLAIN_TOO: Remedy = Remedy {
    effect: "a visitor who types the name without https sends messages through the network in clear",
    nginx: "in the server on port 80: return 301 https://$host$request_uri;",
    caddy: "leave auto_https on, and define no site with http://",
    traefik: "entryPoints.web.http.redirections.entryPoint: to websecure, scheme https",
    haproxy: "http-request redirect scheme https unless { ssl_fc }",
    apache: "in the virtual host on port 80: Redirect permanent / {url}/",
    cloudflare: "SSL/TLS, Edge Certificates: Always Use HTTPS",
    ..NOTHING
};

const LINKS: Remedy = Remedy {
    effect: "links that people send do not open, or open without TLS",
    program: "public_url = \"{url}\"",
    nginx: "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;",
    caddy: "leave out header_up for Host and X-Forwarded-Proto: reverse_proxy sets both",
    traefik: "passHostHeader: true; behind another proxy also forwardedHeaders.trustedIPs of the entry point",
    haproxy: "http-request set-header X-Forwarded-Proto https if { ssl_fc }",
    apache: "ProxyPreserveHost On, and RequestHeader set X-Forwarded-Proto https",
    cloudflare: "SSL/TLS: Full (strict), so that the site behind it is asked by https",
};

const BASE_PATH: Remedy = Remedy {
    effect: "pages ask for styles and scripts outside of the site: they look broken, and nothing is encrypted in the browser",
    program: "public_url = \"{url}\", with the whole base path",
    nginx: "proxy_pass http://onetimeshare; without a path behind the name, in a location of the base path",
    caddy: "handle /base* instead of handle_path /base*",
    traefik: "remove the middleware stripPrefix from the router",
    haproxy: "remove http-request replace-path",
    apache: "ProxyPass /base/ http://127.0.0.1:8000/base/",
    cloudflare: "remove the Transform Rule or Worker that rewrites the path",
};

const ASSETS: Remedy = Remedy {
    effect: "pages have no style or script: they look broken, and nothing is encrypted in the browser",
    program: "public_url = \"{url}\"; run servers of one release behind the proxy",
    nginx: "one location / for the whole site; remove locations for .css and .js",
    caddy: "remove matchers that send *.css and *.js elsewhere",
    traefik: "one rule without Path for the whole site",
    haproxy: "remove acls of path_end .css and .js",
    apache: "remove ProxyPass … ! and Alias for /assets",
    cloudflare: "Security, WAF: skip rules for /assets/",
};

const ALTERED: Remedy = Remedy {
    effect: "what the proxy changes or adds can read every message and key, or stops the scripts of the pages",
    nginx: "remove sub_filter, add_before_body, add_after_body and pagespeed",
    caddy: "remove the directives replace and templates",
    traefik: "remove plugins that rewrite bodies from the router",
    haproxy: "remove Lua filters that rewrite bodies",
    apache: "remove SetOutputFilter and AddOutputFilter (SUBSTITUTE, INFLATE, INCLUDES, MOD_PAGESPEED)",
    cloudflare: "turn off Rocket Loader, Email Address Obfuscation, Auto Minify, Web Analytics and Zaraz for this host",
    ..NOTHING
};

const CACHED: Remedy = Remedy {
    effect: "visitors get the page of another visitor, or an old state: a form is refused as sent before, an opened share looks unopened",
    nginx: "proxy_cache off; remove proxy_ignore_headers and expires",
    caddy: "remove the directive cache and changes of Cache-Control",
    traefik: "remove cache plugins from the router",
    haproxy: "remove http-request cache-use and http-response cache-store",
    apache: "CacheDisable /, and remove Header set Cache-Control and ExpiresActive",
    cloudflare: "Caching, Cache Rules: Bypass cache for this host; Browser Cache TTL: Respect Existing Headers",
    ..NOTHING
};

const ASSETS_NOT_CACHED: Remedy = Remedy {
    effect: "browsers load every style and script again for each page",
    nginx: "remove expires and add_header Cache-Control",
    caddy: "remove header Cache-Control",
    traefik: "remove Cache-Control from customResponseHeaders",
    haproxy: "remove http-response set-header Cache-Control",
    apache: "remove Header set Cache-Control and ExpiresActive",
    cloudflare: "Caching, Browser Cache TTL: Respect Existing Headers",
    ..NOTHING
};

const COMPRESSED: Remedy = Remedy {
    effect: "lengths of compressed responses can reveal secrets to an attacker on the network; the program compresses where it is safe",
    nginx: "gzip off; brotli off;",
    caddy: "remove the directive encode",
    traefik: "remove the middleware compress",
    haproxy: "remove compression algo and filter compression",
    apache: "remove the filters DEFLATE and BROTLI_COMPRESS for this host",
    cloudflare: "Rules, Compression Rules: disable compression for this host",
    ..NOTHING
};

const NOT_COMPRESSED: Remedy = Remedy {
    effect: "pages load about three times as many bytes; a proxy that removes Accept-Encoding often does it to rewrite pages",
    nginx: "remove proxy_set_header Accept-Encoding \"\"; and gunzip on;",
    caddy: "remove header_up -Accept-Encoding",
    traefik: "remove Accept-Encoding from customRequestHeaders",
    haproxy: "remove compression offload and http-request del-header Accept-Encoding",
    apache: "remove RequestHeader unset Accept-Encoding and the filter INFLATE",
    cloudflare: "Rules, Compression Rules: remove the rule for this host",
    ..NOTHING
};

const POLICY: Remedy = Remedy {
    effect: "a script that gets into a page runs there and can read messages and keys",
    nginx: "remove proxy_hide_header and add_header for Content-Security-Policy",
    caddy: "remove header Content-Security-Policy",
    traefik: "remove contentSecurityPolicy from the middleware headers",
    haproxy: "remove http-response set-header, add-header and del-header for Content-Security-Policy",
    apache: "remove Header set, append and unset for Content-Security-Policy",
    cloudflare: "Rules, Transform Rules: remove changes of response headers",
    ..NOTHING
};

const HEADERS: Remedy = Remedy {
    effect: "browsers lose a protection: against frames, against leaked addresses, or against files read as pages",
    nginx: "remove proxy_hide_header and add_header for the headers of the program",
    caddy: "remove header directives for the headers of the program",
    traefik: "remove the middleware headers from the router",
    haproxy: "remove http-response set-header and del-header",
    apache: "remove Header set and unset for the headers of the program",
    cloudflare: "Rules, Transform Rules: remove changes of response headers, and Managed Transforms",
    ..NOTHING
};

const HSTS: Remedy = Remedy {
    effect: "an attacker on the network of a returning visitor can replace the site before it switches to https",
    program: "public_url = \"{url}\"; the program then sends the header",
    nginx: "remove proxy_hide_header Strict-Transport-Security;",
    caddy: "remove header -Strict-Transport-Security",
    traefik: "remove stsSeconds and customResponseHeaders of Strict-Transport-Security",
    haproxy: "remove http-response del-header Strict-Transport-Security",
    apache: "remove Header unset Strict-Transport-Security",
    cloudflare: "SSL/TLS, Edge Certificates, HSTS: leave it to the site behind it",
};

const STORE_DOWN: Remedy = Remedy {
    effect: "nothing can be sent or opened",
    program: "onetimeshare check-config on the server tells the reason; so does the log",
    ..NOTHING
};

const STORE_WEAK: Remedy = Remedy {
    effect: "a restart or failure of Redis can lose waiting shares, or bring opened ones back",
    program: "appendonly yes and appendfsync always in redis.conf, or redis_wait_fsync; docs/deployment.md, \"Guarantees\"",
    ..NOTHING
};

const PATH: Remedy = Remedy {
    effect: "links whose # became %23 on their way do not open, although the pages can repair them",
    nginx: "proxy_pass http://onetimeshare; without a path and without rewrite; merge_slashes off;",
    caddy: "remove rewrite and uri directives",
    traefik: "entryPoints.websecure.http.encodedCharacters.allowEncodedHash: true; no replacePathRegex",
    haproxy: "remove http-request normalize-uri and replace-path",
    apache: "AllowEncodedSlashes NoDecode, and ProxyPass with the option nocanon",
    cloudflare: "Rules, Settings: turn off normalization of URLs to the origin",
    ..NOTHING
};

const PART: Remedy = Remedy {
    effect: "files cannot be sent",
    nginx: "client_max_body_size 0;",
    caddy: "remove request_body max_size",
    traefik: "remove maxRequestBodyBytes of the middleware buffering",
    haproxy: "remove rules on req.body_size; leave tune.bufsize at its default",
    apache: "LimitRequestBody 0; remove SecRequestBodyLimit or raise it",
    cloudflare: "Security, WAF: skip rules for /api/v1/shares/",
    ..NOTHING
};

const FORM_SIZE: Remedy = Remedy {
    effect: "large files cannot be sent without scripts or with curl; senders read the proxy's error",
    program: "max_size no larger than the proxy lets through, if it has a limit that cannot be set",
    nginx: "client_max_body_size 0;",
    caddy: "remove request_body max_size",
    traefik: "remove maxRequestBodyBytes of the middleware buffering",
    haproxy: "remove rules on req.body_size and on content-length",
    apache: "LimitRequestBody 0",
    cloudflare: "its plans limit a request to 100, 200 or 500 MB: lower max_size, or set the name to \"DNS only\"",
};

const BUFFERED: Remedy = Remedy {
    effect: "forms sent without scripts are plaintext, and the proxy writes them to its disk before the program sees them",
    nginx: "proxy_request_buffering off; proxy_buffering off; proxy_max_temp_file_size 0;",
    caddy: "remove request_buffers of reverse_proxy",
    traefik: "remove the middleware buffering",
    haproxy: "remove option http-buffer-request",
    apache: "remove SetEnv proxy-sendcl",
    cloudflare: "Rules, Configuration Rules: request body buffering None (Enterprise), or set the name to \"DNS only\"",
    ..NOTHING
};

const SLOW_UPLOAD: Remedy = Remedy {
    effect: "people on slow lines cannot send files",
    nginx: "client_body_timeout 30s; proxy_send_timeout 60s; proxy_read_timeout 60s;",
    caddy: "remove read_body from timeouts",
    traefik: "entryPoints.websecure.transport.respondingTimeouts.readTimeout: 0",
    haproxy: "timeout client 60s, timeout server 60s, and no option http-buffer-request",
    apache: "RequestReadTimeout header=10 body=30,MinRate=500, and ProxyTimeout 60",
    cloudflare: "its limit is 100 seconds: check the proxy behind it",
    ..NOTHING
};

const WAIT: Remedy = Remedy {
    effect: "status pages fail and ask again and again; the opening shows late",
    nginx: "proxy_read_timeout 60s; send_timeout 30s;",
    caddy: "transport http { response_header_timeout 60s }, and no write below 60s in timeouts",
    traefik: "serversTransport.forwardingTimeouts.responseHeaderTimeout: 60s, and respondingTimeouts.writeTimeout: 0",
    haproxy: "timeout server 60s and timeout client 60s",
    apache: "ProxyTimeout 60, and timeout=60 in ProxyPass",
    cloudflare: "its limit is 100 seconds: check the proxy behind it",
    ..NOTHING
};

const OLD_HTTP: Remedy = Remedy {
    effect: "each request opens a connection of its own to the program, and forms of unknown length are written to the proxy's disk",
    nginx: "proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_request_buffering off;",
    caddy: "transport http { versions 1.1 }",
    traefik: "remove the middleware buffering; Traefik speaks HTTP/1.1",
    haproxy: "remove option httpclose and option http-buffer-request",
    apache: "remove SetEnv force-proxy-request-1.0 and proxy-nokeepalive",
    cloudflare: "it speaks HTTP/1.1: check the proxy behind it",
    ..NOTHING
};

const FORGED_ADDRESS: Remedy = Remedy {
    effect: "one visitor can pose as many, and so pass all limits: guess passwords, and fill the store",
    program: "trusted_proxies must name the proxies alone",
    nginx: "proxy_set_header X-Forwarded-For $remote_addr;",
    caddy: "header_up X-Forwarded-For {remote_host}",
    traefik: "forwardedHeaders.insecure: false, and trustedIPs with proxies alone",
    haproxy: "http-request del-header X-Forwarded-For, then option forwardfor",
    apache: "RequestHeader unset X-Forwarded-For early; mod_proxy_http then adds the client's address",
    cloudflare: "let only Cloudflare's addresses reach the proxy behind it",
};

const SHARED_ADDRESS: Remedy = Remedy {
    effect: "all visitors count as one and share its limits: a few of them stop all others",
    program: "limits_per_address = true, and trusted_proxies = [\"…\"] with the address from which the proxy connects",
    nginx: "proxy_set_header X-Forwarded-For $remote_addr;",
    caddy: "header_up X-Forwarded-For {remote_host}",
    traefik: "forwardedHeaders.trustedIPs with the proxy in front of it, if there is one",
    haproxy: "option forwardfor",
    apache: "remove ProxyAddHeaders Off",
    cloudflare: "add Cloudflare's networks to trusted_proxies",
};

const CHANGING_ADDRESS: Remedy = Remedy {
    effect: "the program counts the addresses of a proxy instead of the visitors', so that limits hit the wrong ones",
    program: "trusted_proxies must also name the outer proxy",
    cloudflare: "add Cloudflare's networks to trusted_proxies",
    ..NOTHING
};

const METRICS: Remedy = Remedy {
    effect: "every visitor can read how much the site is used",
    program: "metrics = false, and metrics_address = \"127.0.0.1:9100\"",
    nginx: "location ^~ /metrics { return 404; }",
    caddy: "respond /metrics* 404",
    traefik: "a rule && !PathPrefix(`/metrics`)",
    haproxy: "http-request return status 404 if { path_beg /metrics }",
    apache: "<Location /metrics> Require all denied </Location>",
    cloudflare: "Security, WAF: block paths that begin with /metrics",
};
