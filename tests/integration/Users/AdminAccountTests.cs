using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Users;
using Asterisell.Engine.Instances.Waiting;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Users;

/// <summary>An instance that the tests share.</summary>
public sealed class UsersInstance : IAsyncLifetime, IAsyncDisposable
{
    private readonly DockerConnector _connector = new();

    public LabInstance Lab { get; private set; } = null!;

    public IInstance Instance { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        TestLab lab = await TestLab.GetAsync();
        Lab = await lab.StartInstanceAsync($"users-{Guid.NewGuid():N}"[..16], "local", "--no-cron", "--cdrs", "200", "--months", "1");
        Instance = await new InstanceOpener(_connector).OpenAsync(Lab.Definition, CancellationToken.None);
        await new InstanceWaiter(Instance).WaitAsync(WaitCondition.Healthy, TimeSpan.FromSeconds(90), null, CancellationToken.None);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    public async Task DisposeAsync()
    {
        await _connector.DisposeAsync();
        await Lab.DisposeAsync();
    }
}

public sealed class AdminAccountTests(UsersInstance shared) : IClassFixture<UsersInstance>
{
    private const string Password = "blue horse battery 7";

    private readonly LabInstance _lab = shared.Lab;
    private readonly IInstance _instance = shared.Instance;
    private readonly AdminAccount _account = new(shared.Instance);

    [Fact]
    public async Task The_one_login_is_set_and_no_other_is_touched()
    {
        await SetAsync("admin", "red horse battery 6");
        string jane = await RowAsync("jane");
        AdminResult created = await SetAsync("chief", Password);
        Assert.Equal(OperationStatus.Succeeded, created.Status);
        Assert.Contains("admin", created.OtherAdmins);
        Assert.DoesNotContain("chief", created.OtherAdmins);
        Assert.Equal("welcome", await LogInAsync("chief", Password));
        Assert.Equal("welcome", await LogInAsync("admin", "red horse battery 6"));

        // The original's command would now delete the administrator that comes first, whoever it is.
        string chief = await RowAsync("chief");
        AdminResult reset = await SetAsync("admin", "green horse battery 8");
        Assert.Contains("chief", reset.OtherAdmins);
        Assert.Equal("welcome", await LogInAsync("admin", "green horse battery 8"));
        Assert.Equal("refused", await LogInAsync("admin", "red horse battery 6"));
        Assert.Equal(chief, await RowAsync("chief"));
        Assert.Equal(jane, await RowAsync("jane"));

        string again = await RowAsync("chief");
        Assert.Equal(OperationStatus.Unchanged, (await SetAsync("chief", Password)).Status);
        Assert.Equal(again, await RowAsync("chief"));
        Assert.Equal("1", await OneAsync("SELECT COUNT(*) AS n FROM ar_party WHERE name = 'chief'"));

        await _instance.Database.ExecuteAsync("UPDATE ar_user SET is_enabled = 0 WHERE login = 'chief'", null, CancellationToken.None);
        Assert.Equal("refused", await LogInAsync("chief", Password));
        Assert.Contains("was disabled", (await SetAsync("chief", Password)).Message, StringComparison.Ordinal);
        Assert.Equal("welcome", await LogInAsync("chief", Password));
    }

    [Fact]
    public async Task The_originals_command_does_delete_another_administrator()
    {
        await _instance.Database.ExecuteAsync("UPDATE ar_user SET login = 'owner' WHERE login = 'admin'", null, CancellationToken.None);
        await _instance.Application.RunAsync(["data", "admin", "x"], [], TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal("0", await OneAsync("SELECT COUNT(*) AS n FROM ar_user WHERE login = 'owner'"));
        Assert.Equal("1", await OneAsync("SELECT COUNT(*) AS n FROM ar_user WHERE login = 'admin'"));
    }

    [Fact]
    public async Task A_customers_user_is_not_made_an_administrator()
    {
        string jane = await RowAsync("jane");
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(() => SetAsync("jane", Password));
        Assert.Equal("LoginOfCustomer", error.ErrorId);
        Assert.Equal(jane, await RowAsync("jane"));
    }

    [Fact]
    public async Task A_login_that_appears_meanwhile_leaves_nothing_half_done()
    {
        // A trigger plays the other operator: it takes the login after the party was written.
        string parties = await OneAsync("SELECT COUNT(*) AS n FROM ar_party");
        await _lab.ExecAsync(
            "bash", "-c", $"cd {_lab.Definition.AdminDirectory}; m() {{ php asterisell.php manage get-database-$1; }}; mysql -u$(m user) -p$(m user-password) $(m name) "
            + "-e \"CREATE TRIGGER race AFTER INSERT ON ar_party FOR EACH ROW INSERT INTO ar_user (login) VALUES (NEW.name)\"");
        AsterisellException error;
        try
        {
            error = await Assert.ThrowsAsync<AsterisellException>(() => SetAsync("racer", Password));
        }
        finally
        {
            await _instance.Database.ExecuteAsync("DROP TRIGGER race", null, CancellationToken.None);
        }

        Assert.Equal("AdminChangedMeanwhile", error.ErrorId);
        Assert.Equal(parties, await OneAsync("SELECT COUNT(*) AS n FROM ar_party"));
        Assert.Equal("0", await OneAsync("SELECT COUNT(*) AS n FROM ar_user WHERE login = 'racer'"));
    }

    [Fact]
    public async Task No_process_ever_shows_the_password()
    {
        await _lab.DockerAsync(
            "exec", "--detach", _lab.Definition.Name, "bash", "-c",
            "while [ ! -e /run/enough ]; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' >> /run/seen; done; touch /run/ended");
        await SetAsync("watched", "seldom seen walrus 44");
        await _lab.ExecAsync("bash", "-c", "touch /run/enough; until [ -e /run/ended ]; do sleep 0.1; done");
        string seen = await _lab.ExecAsync("bash", "-c", "grep -c . /run/seen; grep -c password_hash /run/seen; grep -c 'seldom seen' /run/seen || true");
        string[] counts = seen.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(counts[0].Length > 3 && counts[1] != "0", "The watch saw too little to tell.");
        Assert.Equal("0", counts[2]);
    }

    private Task<AdminResult> SetAsync(string login, string password) =>
        _account.SetAsync(new AdminLogin(login, new Secret(password)), allowWeak: false, null, CancellationToken.None);

    private async Task<string> LogInAsync(string login, string password)
    {
        string page = await _lab.ExecAsync(
            "curl", "-s", "--data-urlencode", $"login={login}", "--data-urlencode", $"password={password}", "http://127.0.0.1/admin/");
        return page.Contains("<p id=login>welcome", StringComparison.Ordinal) ? "welcome"
            : page.Contains("<p id=login>refused", StringComparison.Ordinal) ? "refused"
            : page;
    }

    private Task<string> RowAsync(string login) =>
        OneAsync($"SELECT CONCAT_WS('|', id, ar_party_id, ar_organization_unit_id, login, password, is_enabled, is_root_admin) AS r FROM ar_user WHERE login = '{login}'");

    private async Task<string> OneAsync(string sql)
    {
        await foreach (SqlRow row in _instance.Database.QueryAsync(sql, null, CancellationToken.None))
        {
            return row.Cells[0]!;
        }

        return "";
    }
}
