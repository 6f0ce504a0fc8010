using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Instances;

/// <summary>
/// A container with nothing but a real MariaDB, and the files that tell how to reach it: what the exec, file and SQL tests need, in two
/// seconds and without the application.
/// </summary>
public sealed class DatabaseContainer : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>A password that hurts: quotes, comment signs, backslashes, blanks at both ends, a newline, a tab, not ASCII.</summary>
    public const string Password = " a#b;\"c'\\d\ne\t$x%`é€😀\\";

    private readonly DockerConnector _connector = new();
    private TestLab? _lab;

    public IInstance Instance { get; private set; } = null!;

    public string Name { get; } = $"instance-db-{Guid.NewGuid():N}"[..24];

    public async Task InitializeAsync()
    {
        _lab = await TestLab.GetAsync();
        await DockerAsync("run", "--detach", "--pull", "never", "--name", Name, _lab.LightImage);
        await ExecAsync(
            "bash", "-c",
            "mariadb-install-db --user=mysql >/dev/null; install -d -o mysql /run/mysqld; setsid mariadbd --user=mysql --skip-networking </dev/null >/var/log/db.log 2>&1 &");
        await ExecAsync("bash", "-c", "for i in {1..200}; do mariadb -e 'select 1' >/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1");
        string password = Convert.ToHexString(Encoding.UTF8.GetBytes(Password));
        await ExecAsync(
            "mariadb", "-e",
            $"""
            set names utf8mb4;
            create database billing character set utf8mb4;
            set @make = concat('create user billing@localhost identified by ', quote(convert(X'{password}' using utf8mb4)));
            prepare s from @make; execute s;
            grant all on billing.* to billing@localhost;
            """);
        Instance = await new InstanceOpener(_connector).OpenAsync(
            new AsterisellInstance { Name = Name, Host = _lab.Local }, CancellationToken.None);
        string yaml = $"all:\n  propel:\n    param:\n      dsn: mysql:dbname=billing;host=localhost\n      username: billing\n      password: {Quoted(Password)}\n";
        await ExecAsync("mkdir", "-p", $"{Instance.Definition.AdminDirectory}/config");
        await Instance.Files.WriteAsync(
            $"{Instance.Definition.AdminDirectory}/config/databases.yml", Encoding.UTF8.GetBytes(yaml),
            new FileOwnership("root", "root", 0x180), CancellationToken.None);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    public async Task DisposeAsync()
    {
        await _connector.DisposeAsync();
        await DockerAsync("rm", "--force", "--volumes", Name);
    }

    /// <summary>Runs a program behind the product's back.</summary>
    public Task<string> ExecAsync(params string[] arguments) => DockerAsync(["exec", Name, .. arguments]);

    public Task<string> DockerAsync(params string[] arguments) => _lab!.RunAsync("docker", ["local", .. arguments]);

    private static string Quoted(string text) => "\"" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";
}

/// <summary>Tests that share one such container.</summary>
[CollectionDefinition(Name)]
public sealed class OneDatabase : ICollectionFixture<DatabaseContainer>
{
    public const string Name = "one database container";
}
