using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Tests.Unit.Inventory;

namespace Asterisell.Tests.Unit.Deployment;

/// <summary>Instances to render, read from inventories as operators write them, and what they refer to.</summary>
internal static class Samples
{
    public const string Small = "database: { password: { env: DB }, customerPassword: { env: CUSTOMER } }";

    public const string Large =
        """
        image: { name: own }
        container: { memoryMegabytes: 4000, cpuCores: 8, timeZone: America/Argentina/Ushuaia }
        ports: { http: 8100, https: 44300, ssh: 22100, bindAddress: 127.0.0.1 }
        database: { name: calls, user: calls-user, password: { env: DB }, customerPassword: { env: CUSTOMER } }
        application: { billing: false, statusServer: true, voipDomain: "voip.example.com", customCdrServices: OwnCdrServices }
        web:
          domain: billing.example.com
          aliases: ["*.example.com", "2001:db8::1"]
          certificate: /tls/a.crt
          certificateKey: /tls/a.key
          listenAddress: "::"
          accounts: [{ name: staff, password: { env: STAFF } }, { name: audit, password: { env: STAFF } }]
          allowUploads: false
        webdav: { users: [{ name: reseller-1, password: { env: DAV } }, { name: other.one, password: { env: DAV2 } }] }
        jobs:
          frequencyMinutes: 10
          offsetMinutes: 3
          unixUser: jobs
          import: [ImportFromSwitch]
          beforeRating: [Before]
          dataFileProcessors: [Processor]
          afterRating: [After]
          export: [RDiffBackupJob]
          onEvent: [OnEvent]
          expandExtensions: ExpandExtensions
          configure: [OwnConfigure]
          upgrade: [OwnUpgrade]
        reports: { custom: ['Own: "It''s 100% 😀, a: b"', 'CSVCallDetails: "Other title"'] }
        rating: { startDate: 2020-02-29, costLimitPeriod: month, hiddenTelephonePrefix: "0039" }
        smtp: { host: mail.example.com, port: 465, user: "bill:ing", password: { env: SMTP }, encryption: ssl, sender: billing@example.com, redirectTo: [a@example.com, b@example.com] }
        display: { culture: de_CH, costSaving: true, incomingCalls: true }
        csv: { decimalSeparator: ",", fieldSeparator: ";" }
        external:
          contactHosts: true
          importExtensionsFrom: [one, two]
          connections: [{ name: switch, user: u, password: { env: SWITCH }, host: db.example.com, port: 3306 }, { name: no-port, user: v, host: 192.0.2.7 }]
        customFiles: { "mine/Own.php": apps/asterisell/lib/jobs/custom, logo.png: web/images }
        """;

    /// <summary>A password with a bit of everything that may be written.</summary>
    public const string Nasty = "a: b # 'c' {d} [e] $f \\n \"g\" %h% `i` & * ! | > @ , ? - ~ é 漢字 😀 ";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["DB"] = Nasty, ["CUSTOMER"] = "line\n\"two\" 'three'\r\nend\n", ["STAFF"] = "staff password", ["DAV"] = "Päßwort", ["DAV2"] = "x",
        ["SMTP"] = "null", ["SWITCH"] = "0123",
    };

    /// <summary>An instance by its body below <c>instances: billing:</c>.</summary>
    public static AsterisellInstance Instance(string body) => Inventories.Instance(body);

    /// <summary>The material of an instance, from made-up values.</summary>
    public static ConfigurationMaterial Material(AsterisellInstance instance, string? password = null)
    {
        InstanceSettings settings = instance.Settings;
        SecretReference[] references =
        [
            .. settings.Web.Accounts.Concat(settings.Webdav.Users).Select(account => account.Password!),
            .. settings.External.Connections.Select(connection => connection.Password).OfType<SecretReference>(),
            .. new[] { settings.Smtp.Password }.OfType<SecretReference>(),
        ];
        return new ConfigurationMaterial
        {
            DatabasePassword = new Secret(password ?? Values["DB"]),
            CustomerPassword = new Secret(Values["CUSTOMER"]),
            Secrets = references.Distinct().ToDictionary(reference => reference, reference => new Secret(Values[reference.Name!])),
            Certificate = Encoding.UTF8.GetBytes("the certificate\n"),
            CertificateKey = Encoding.UTF8.GetBytes("its key\n"),
            CustomFiles = settings.CustomFiles.Keys.ToDictionary(name => name, name => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"content of {name}\n")),
        };
    }

    public static RenderedConfiguration Render(string body, ImageLayout? layout = null)
    {
        AsterisellInstance instance = Instance(body);
        return ConfigurationRenderer.Render(instance, Material(instance), layout ?? new ImageLayout());
    }

    public static string Text(this RenderedConfiguration configuration, string path) =>
        Encoding.UTF8.GetString(configuration.Files.Single(file => file.Path == path).Content.Span);
}
