using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration.Deployment;

/// <summary>What the templates make, as the programs take it that it is made for: PHP, MariaDB, nginx, cron, logrotate.</summary>
[Collection(BuiltImage.Tests)]
public sealed class RenderedFilesTests(BuiltImage image)
{
    private const string Simple = "Simple-1";

    /// <summary>Reads databases.yml as the application does, and says whom the database takes it for.</summary>
    private const string LogIn = """
        $p = yaml_parse_file($argv[1])['all']['propel']['param'];
        $db = new PDO($p['dsn'], $p['username'], $p['password'], [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        echo base64_encode($p['password']), ' ', $db->query('SELECT CURRENT_USER()')->fetchColumn(), "\n";
        """;

    [Fact]
    public async Task An_instance_is_served_from_what_is_rendered()
    {
        IInstance instance = await StartAsync();
        await InstallAsync(instance);
        Assert.Equal((0, ""), await TryAsync(instance, "nginx -t -q && php-fpm --test 2>/dev/null && logrotate --debug /etc/logrotate.d/asterisell_* 2>/dev/null"));
        await RunAsync(instance, "supervisorctl restart php nginx mysql >/dev/null");
        await image.WaitAsync(instance.Definition.Name, "/usr/lib/asterisell/health");
        await RunAsync(instance, "cd \"$1\" && printf 'y\\ny\\nroot\\nnone\\n\\n' | php asterisell.php install >/dev/null", instance.Definition.AdminDirectory);

        const string ask = "curl -sk -o /dev/null -w '%{http_code} %{redirect_url}' --resolve billing.example.com:443:127.0.0.1 --resolve billing.example.com:80:127.0.0.1 ";
        const string secure = ask + "https://billing.example.com";
        Assert.Equal("301 https://billing.example.com:44300/x?y", await SaidAsync(instance, ask + "'http://billing.example.com/x?y'"));
        Assert.Equal("401 ", await SaidAsync(instance, secure + "/"));
        Assert.Equal("200 ", await SaidAsync(instance, secure + "/ -u staff:" + Simple));
        Assert.Equal("200 ", await SaidAsync(instance, secure + "/admin/ -u staff:" + Simple));
        Assert.Equal("200 ", await SaidAsync(instance, secure + "/admin -u staff:" + Simple));
        foreach (string hidden in (string[])["/asterisell_dev.php", "/admin/asterisell_dev.php", "/admin/.hidden", "/x.php.bak", "/admin/../config/app.yml"])
        {
            Assert.Equal("404 ", await SaidAsync(instance, $"{secure}{hidden} --path-as-is -u staff:{Simple}"));
        }

        await RunAsync(instance, "printf '<?php error_log(\"words of the page\"); echo ini_get(\"memory_limit\");' > \"$1\"/web/index.php", instance.Definition.UserDirectory);

        // PHP keeps what it has read of a page for two seconds.
        await RunAsync(instance, "supervisorctl restart php >/dev/null");
        Assert.Equal("128M", await SaidAsync(instance, $"curl -sk --resolve billing.example.com:443:127.0.0.1 https://billing.example.com/ -u staff:{Simple}"));
        await RunAsync(instance, "grep -q 'words of the page' /var/log/php-fpm/www-error.log");

        const string file = secure + "/admin/get-reseller-1/a.txt";
        Assert.Equal("401 ", await SaidAsync(instance, file + " -u staff:" + Simple));
        Assert.Equal("201 ", await SaidAsync(instance, file + " -u reseller-1:" + Simple + " -T /etc/hostname"));
        Assert.Equal("200 ", await SaidAsync(instance, file + " -u reseller-1:" + Simple));
        Assert.Equal("apache\n", await SaidAsync(instance, "stat -c %U /var/opt/asterisell/" + instance.Definition.Name + "/reseller-1/a.txt"));
        (int old, _) = await TryAsync(instance, "curl -sk --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 https://127.0.0.1/");
        Assert.NotEqual(0, old);
    }

    [Fact]
    public async Task A_password_reaches_PHP_and_MariaDB_as_it_is()
    {
        IInstance instance = await StartAsync();
        string[] passwords =
        [
            "a: b # 'c' {d} [e] $f \\ \"g\" %h%", "line\n\"two\"\r\n'three'\n", " blanks ", "0123", "null", "1e3", "päß 漢字 😀", "\ttab", "`id` $(id) ; | & > *",
        ];
        for (int i = 0; i < passwords.Length; i++)
        {
            var settings = new DatabaseSettings { Name = $"d{i}", User = $"u{i}" };
            string hex = Convert.ToHexString(Encoding.UTF8.GetBytes(passwords[i]));

            // IDENTIFIED BY takes no hexadecimal literal: the statement is put together in the server.
            await FeedAsync(
                instance,
                $"CREATE DATABASE d{i}; SET @s = CONCAT('CREATE USER u{i}@localhost IDENTIFIED BY ', QUOTE(CONVERT(X'{hex}' USING utf8mb4)));"
                + $"EXECUTE IMMEDIATE @s; GRANT ALL ON d{i}.* TO u{i}@localhost;");
            string path = $"/root/{i}.yml";
            await instance.Files.WriteAsync(
                path, Encoding.UTF8.GetBytes(DatabasesYmlFile.Admin(settings, passwords[i])), new FileOwnership("root", "root", 384), CancellationToken.None);
            CommandOutcome said = await instance.Exec.RunAsync(new InstanceCommand("php", "-r", LogIn, path), CancellationToken.None);
            Assert.Equal(
                $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(passwords[i]))} u{i}@localhost\n", said.OutputText + said.ErrorText);
        }
    }

    private async Task<IInstance> StartAsync()
    {
        string name = await image.StartAsync();
        var instance = new AsterisellInstance
        {
            Name = name,
            Host = image.Lab.Local,
            Settings = new InstanceSettings
            {
                Database = new DatabaseSettings { Name = "calls", User = "calls" },
                Ports = new PortSettings { Https = 44300 },
                Web = new WebSettings
                {
                    Domain = "billing.example.com",
                    Certificate = "a.crt",
                    CertificateKey = "a.key",
                    Accounts = [new WebAccount { Name = "staff", Password = SecretReference.FromEnvironment("S") }],
                },
                Webdav = new WebdavSettings { Users = [new WebAccount { Name = "reseller-1", Password = SecretReference.FromEnvironment("S") }] },
            },
        };
        await image.WaitAsync(name, "/usr/lib/asterisell/health");
        return await new InstanceOpener(image.Connector).OpenAsync(instance, CancellationToken.None);
    }

    /// <summary>The application's tree with everything that is rendered, the stand-in in place of the original.</summary>
    private static async Task InstallAsync(IInstance instance)
    {
        AsterisellInstance definition = instance.Definition;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=billing.example.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var material = new ConfigurationMaterial
        {
            DatabasePassword = new Secret(Simple),
            CustomerPassword = new Secret(Simple + "x"),
            Secrets = new Dictionary<SecretReference, Secret> { [SecretReference.FromEnvironment("S")] = new(Simple) },
            Certificate = Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()),
            CertificateKey = Encoding.UTF8.GetBytes(key.ExportPkcs8PrivateKeyPem()),
        };
        RenderedConfiguration rendered = ConfigurationRenderer.Render(definition, material, new ImageLayout());
        await RunAsync(instance, "mkdir -p \"$1\" \"$2\"/config", definition.AdminDirectory, definition.UserDirectory);
        await using (Stream tar = StandIn.Tar())
        {
            await instance.Files.ExtractTarAsync(definition.AdminDirectory, tar, CancellationToken.None);
        }

        await RunAsync(instance, "cd \"$1\" && mkdir -p config apps/asterisell/config data_files web/uploads/assets updates fabric_data && touch LICENSE", definition.AdminDirectory);
        foreach (RenderedFolder folder in rendered.Folders)
        {
            await RunAsync(
                instance, "install -d -o \"$2\" -g \"$3\" -m \"$4\" \"$1\"", folder.Path, folder.Owner, folder.Group, Convert.ToString((int)folder.Mode, 8));
        }

        foreach (RenderedFile file in rendered.Files)
        {
            await instance.Files.WriteAsync(file.Path, file.Content, new FileOwnership(file.Owner, file.Group, (int)file.Mode), CancellationToken.None);
        }
    }

    private static async Task FeedAsync(IInstance instance, string sql)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(sql));
        CommandOutcome outcome = await instance.Exec.RunAsync(
            new InstanceCommand("mariadb", "--default-character-set=utf8mb4") { Input = input }, CancellationToken.None);
        Assert.True(outcome.ExitCode == 0, outcome.ErrorText);
    }

    private static async Task<(int ExitCode, string Output)> TryAsync(IInstance instance, string script, params string[] arguments)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(
            new InstanceCommand(["/bin/bash", "-c", script, "test", .. arguments]), CancellationToken.None);
        return (outcome.ExitCode, outcome.OutputText + outcome.ErrorText);
    }

    private static async Task RunAsync(IInstance instance, string script, params string[] arguments)
    {
        (int exitCode, string output) = await TryAsync(instance, script, arguments);
        Assert.True(exitCode == 0, $"{script}: {output}");
    }

    private static async Task<string> SaidAsync(IInstance instance, string script) => (await TryAsync(instance, script)).Output;
}
