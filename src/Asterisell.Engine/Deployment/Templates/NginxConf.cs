using System.Globalization;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary><c>/etc/nginx/nginx.conf</c>: both applications, the files of resellers (WebDAV), https.</summary>
/// <remarks>
/// What the old tool's file did wrong and this one does not: it offered SSL 3 and TLS 1.0; let everybody reach the debug front controller
/// (and would have shown the source of any other PHP file); sent browsers to https without the port; gave up on a page after 60 s
/// although PHP may take 180; referred to a password file that was never made.
/// </remarks>
internal static class NginxConf
{
    public const string Path = "/etc/nginx/nginx.conf";

    public static string Certificate(AsterisellInstance instance) => $"/etc/pki/tls/certs/{instance.Name}.crt";

    public static string CertificateKey(AsterisellInstance instance) => $"/etc/pki/tls/private/{instance.Name}.key";

    /// <summary>Password file of the accounts asked for before both applications.</summary>
    public static string AccountsFile(AsterisellInstance instance) => $"/etc/nginx/{instance.Name}.passwd";

    /// <summary>Password file of one reseller.</summary>
    public static string ResellerFile(AsterisellInstance instance, WebAccount reseller) => $"/etc/nginx/{instance.Name}-{reseller.Name}.passwd";

    /// <summary>Folder below which each reseller has one.</summary>
    public static string ExchangeFolder(AsterisellInstance instance) => $"/var/opt/asterisell/{instance.Name}";

    public static string Render(AsterisellInstance instance)
    {
        InstanceSettings settings = instance.Settings;
        SafeWord.Check("the name", instance.Name);
        return $$"""
            # Web server of the instance {{instance.Name}}, made from its inventory. What is changed here is lost with the next update.
            user {{SafeWord.Check("web.unixUser", settings.Web.UnixUser)}};
            worker_processes {{settings.Container.CpuCores.ToString(CultureInfo.InvariantCulture)}};
            daemon off;
            error_log /var/log/nginx/error.log;
            pid /var/run/nginx.pid;

            events {
              worker_connections 1024;
            }

            http {
              include /etc/nginx/mime.types;
              default_type application/octet-stream;
              log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
              access_log /var/log/nginx/access.log main buffer=32k flush=5s;
              sendfile on;
              gzip on;
              keepalive_timeout 70;
              server_tokens off;
              server_names_hash_bucket_size 128;
              absolute_redirect off;

            {{Servers(instance)}}
            }

            """;
    }

    private static string Servers(AsterisellInstance instance)
    {
        InstanceSettings settings = instance.Settings;
        string names = string.Join(' ', settings.Web.Aliases.Prepend(settings.Web.Domain).Select(name => Host("web.domain", name)));
        if (settings.Web.Certificate is null)
        {
            return Server(instance, names, $"    listen {Listen(settings.Web, 80)};");
        }

        string secure = $"""
                listen {Listen(settings.Web, 443)} ssl;
                ssl_certificate {Certificate(instance)};
                ssl_certificate_key {CertificateKey(instance)};
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_ciphers HIGH:!aNULL:!MD5:!SHA1:!kRSA;
                ssl_prefer_server_ciphers on;
                ssl_session_cache shared:SSL:4m;
                ssl_session_timeout 10m;
                ssl_session_tickets off;
            """;

        // Without a published port, https may be reached by nobody: a redirect would lock everybody out.
        return settings.Ports.Https is { } port
            ? $$"""
                server {
                  listen {{Listen(settings.Web, 80)}};
                  server_name {{names}};
                  return 301 https://$host{{(port == 443 ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}"))}}$request_uri;
                }

              """ + "\n" + Server(instance, names, secure)
            : Server(instance, names, $"    listen {Listen(settings.Web, 80)};\n{secure}");
    }

    private static string Server(AsterisellInstance instance, string names, string listen) =>
        $$"""
          server {
        {{listen}}
            server_name {{names}};
            client_max_body_size 30m;
            add_header X-Content-Type-Options nosniff;
            add_header X-Frame-Options SAMEORIGIN;
        {{Accounts(instance)}}
            # The admin application.
            location = /admin { rewrite ^ /admin/index.php last; }
            location = /admin/ { rewrite ^ /admin/index.php last; }
            location ~ ^/admin/index\.php(?<admin_path>/.*)?$ {
        {{FrontController(instance.AdminDirectory, "/admin", "$admin_path")}}
            }
        {{string.Concat(instance.Settings.Webdav.Users.Select(user => Exchange(instance, user)))}}
            # The customer application.
            location = / { rewrite ^ /index.php last; }
            location ~ ^/index\.php(?<customer_path>/.*)?$ {
        {{FrontController(instance.UserDirectory, "", "$customer_path")}}
            }

            # Everything else is files; those with code or a hidden name are nobody's business.
            location ~ \.php|/\. { return 404; }
            location /admin/ { alias {{instance.AdminDirectory}}/web/; }
            location / {
              root {{instance.UserDirectory}}/web;
              try_files $uri =404;
            }
          }
        """;

    /// <summary>PHP, by exactly one file. fastcgi_params is not included: what it says twice, PHP would take from either place.</summary>
    private static string FrontController(string application, string prefix, string path) =>
        $"""
              fastcgi_pass 127.0.0.1:9000;
              fastcgi_read_timeout 190s;
              fastcgi_param SCRIPT_FILENAME {application}/web/index.php;
              fastcgi_param DOCUMENT_ROOT {application}/web;
              fastcgi_param SCRIPT_NAME {prefix}/index.php;
              fastcgi_param DOCUMENT_URI {prefix}/index.php;
              fastcgi_param PATH_INFO {path};
              fastcgi_param REQUEST_URI $request_uri;
              fastcgi_param REQUEST_METHOD $request_method;
              fastcgi_param REQUEST_SCHEME $scheme;
              fastcgi_param QUERY_STRING $query_string;
              fastcgi_param CONTENT_TYPE $content_type;
              fastcgi_param CONTENT_LENGTH $content_length;
              fastcgi_param HTTPS $https if_not_empty;
              fastcgi_param HTTP_PROXY "";
              fastcgi_param GATEWAY_INTERFACE CGI/1.1;
              fastcgi_param SERVER_PROTOCOL $server_protocol;
              fastcgi_param SERVER_SOFTWARE nginx;
              fastcgi_param SERVER_NAME $host;
              fastcgi_param SERVER_ADDR $server_addr;
              fastcgi_param SERVER_PORT $server_port;
              fastcgi_param REMOTE_ADDR $remote_addr;
              fastcgi_param REMOTE_PORT $remote_port;
              fastcgi_param REMOTE_USER $remote_user;
              fastcgi_param REDIRECT_STATUS 200;
        """;

    private static string Accounts(AsterisellInstance instance) => instance.Settings.Web.Accounts.Count == 0
        ? ""
        : $"    auth_basic \"Asterisell\";\n    auth_basic_user_file {AccountsFile(instance)};\n";

    private static string Exchange(AsterisellInstance instance, WebAccount reseller)
    {
        string user = SafeWord.Check("webdav.users", reseller.Name);
        string folder = ExchangeFolder(instance);
        return $$"""

                # Files exchanged with the reseller {{user}}.
                location ^~ /admin/get-{{user}}/ {
                  alias {{folder}}/{{user}}/;
                  client_body_temp_path {{folder}}/tmp;
                  client_max_body_size 200m;
                  auth_basic "webdav";
                  auth_basic_user_file {{ResellerFile(instance, reseller)}};
                  dav_methods PUT MKCOL DELETE;
                  dav_access user:rw;
                }

            """;
    }

    /// <summary>nginx takes <c>::</c> for IPv6 alone unless it is told otherwise.</summary>
    private static string Listen(WebSettings web, int port) => web.ListenAddress is null
        ? port.ToString(CultureInfo.InvariantCulture)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Host("web.listenAddress", web.ListenAddress)}:{port}{(web.ListenAddress == "::" ? " ipv6only=off" : "")}");

    private static string Host(string what, string host)
    {
        SafeWord.Check(what, host);
        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
    }
}
