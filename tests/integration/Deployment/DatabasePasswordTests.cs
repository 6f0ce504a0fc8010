using Asterisell.Engine.Deployment.Passwords;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Waiting;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Deployment;

/// <summary>One instance whose passwords change again and again.</summary>
public sealed class DatabasePasswordTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly DockerConnector _connector = new();
    private readonly SecretResolver _secrets = new(new NobodyToAsk());
    private LabInstance _lab = null!;

    public async Task InitializeAsync()
    {
        TestLab lab = await TestLab.GetAsync();
        _lab = await lab.StartInstanceAsync($"passwd-{Guid.NewGuid():N}"[..16], "local", "--no-cron", "--cdrs", "200", "--months", "1");
        await new InstanceWaiter(await OpenAsync("", "")).WaitAsync(WaitCondition.Healthy, TimeSpan.FromSeconds(90), null, CancellationToken.None);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    public async Task DisposeAsync()
    {
        _secrets.Dispose();
        await _connector.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Passwords_change_everywhere_at_once_and_former_ones_are_refused()
    {
        (string User, string Password) formerAdmin = await ReadAsync("admin");
        (string User, string Password) formerCustomer = await ReadAsync("user");

        OperationResult result = await ChangeAsync("new 'one'\\", "customer \"two\"");
        Assert.Equal(OperationStatus.Succeeded, result.Status);
        await ExpectAsync("new 'one'\\", "customer \"two\"");
        await ExpectRefusedAsync(formerAdmin, formerCustomer, ("root", formerAdmin.Password));
        Assert.Equal(OperationStatus.Unchanged, (await ChangeAsync("new 'one'\\", "customer \"two\"")).Status);

        // As on a MariaDB that takes one password for an account.
        Assert.Equal(OperationStatus.Succeeded, (await ChangeAsync("third", "fourth", oneMethodOnly: true)).Status);
        await ExpectAsync("third", "fourth");
        await ExpectRefusedAsync((formerAdmin.User, "new 'one'\\"), (formerCustomer.User, "customer \"two\""), ("root", "new 'one'\\"));

        // The inventory names none: they are made, and differ.
        OperationResult made = await ChangeAsync("", "");
        Assert.Contains("database.password and database.customerPassword", made.Message, StringComparison.Ordinal);
        (string _, string admin) = await ReadAsync("admin");
        (string _, string customer) = await ReadAsync("user");
        Assert.NotEqual(admin, customer);
        Assert.Equal(32, admin.Length);
        await ExpectAsync(admin, customer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_fails_puts_the_former_passwords_back(bool oneMethodOnly)
    {
        (string User, string Password) admin = await ReadAsync("admin");
        (string User, string Password) customer = await ReadAsync("user");
        string before = await AccountsAsync();
        string files = await FilesAsync();

        // The customers' file cannot be written, when the admin's has the new password already; and not be put back either.
        string config = $"/var/www/{_lab.Definition.Name}/user/config";
        AsterisellException stuck = await Assert.ThrowsAsync<AsterisellException>(() => ChangeAsync(
            "new-one", "new-two", oneMethodOnly, onStep: step => On(step, "writing the credentials", "mv", config, config + ".away")));
        Assert.Equal("PasswordChangeStuck", stuck.ErrorId);
        Assert.DoesNotContain("new-one", stuck.ToString(), StringComparison.Ordinal);
        await _lab.ExecAsync("mv", config + ".away", config);

        // Where one password is let in, it is the former one again; else both were left open, and end now.
        OperationResult mended = await ChangeAsync(admin.Password, customer.Password, oneMethodOnly);
        Assert.Equal(oneMethodOnly ? OperationStatus.Unchanged : OperationStatus.Succeeded, mended.Status);
        await ExpectAsync(admin.Password, customer.Password);
        Assert.Equal(files, await FilesAsync());
        Assert.Equal(before, await AccountsAsync());

        // nginx does not answer when the files are there: the instance is not as well as before.
        AsterisellException undone = await Assert.ThrowsAsync<AsterisellException>(() => ChangeAsync(
            "new-three", "new-four", oneMethodOnly, onStep: step =>
            {
                On(step, "writing the credentials", "pkill", "-STOP", "-x", "nginx");
                On(step, "putting the former", "pkill", "-CONT", "-x", "nginx");
            }));
        Assert.Equal("PasswordChangeUndone", undone.ErrorId);
        await ExpectAsync(admin.Password, customer.Password);
        await ExpectRefusedAsync((admin.User, "new-three"), (customer.User, "new-four"), ("root", "new-three"));
        Assert.Equal(files, await FilesAsync());
        Assert.Equal(before, await AccountsAsync());

        // Ctrl+C in the middle.
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChangeAsync(
            "new-five", "new-six", oneMethodOnly, step =>
            {
                if (step == "ending the former passwords")
                {
                    stop.Cancel();
                }
            }, stop.Token));
        await ExpectAsync(admin.Password, customer.Password);
        Assert.Equal(files, await FilesAsync());
        Assert.Equal(before, await AccountsAsync());
    }

    private void On(string step, string begin, params string[] command)
    {
        if (step.StartsWith(begin, StringComparison.Ordinal))
        {
            _lab.ExecAsync(command).GetAwaiter().GetResult();
        }
    }

    private async Task<OperationResult> ChangeAsync(
        string admin, string customer, bool oneMethodOnly = false, Action<string>? onStep = null, CancellationToken cancellation = default) =>
        await new DatabasePasswordChange(_secrets) { OneMethodOnly = oneMethodOnly }.ChangeAsync(
            await OpenAsync(admin, customer), new PasswordChangeOptions { HealthLimit = TimeSpan.FromSeconds(4) }, new Steps(onStep), cancellation);

    private Task<IInstance> OpenAsync(string admin, string customer) => new InstanceOpener(_connector).OpenAsync(
        _lab.Definition with
        {
            Settings = _lab.Definition.Settings with
            {
                Database = _lab.Definition.Settings.Database with { Password = Literal(admin), CustomerPassword = Literal(customer) },
            },
        },
        CancellationToken.None);

    private static SecretReference? Literal(string password) => password.Length == 0 ? null : SecretReference.FromLiteral(password);

    private async Task ExpectAsync(string admin, string customer)
    {
        Assert.Equal(admin, (await ReadAsync("admin")).Password);
        Assert.Equal(customer, (await ReadAsync("user")).Password);
        foreach ((string user, string password) in new[] { await ReadAsync("admin"), await ReadAsync("user"), ("root", admin) })
        {
            Assert.Equal("in", await LogInAsync(user, password));
        }

        WebStatus web = await (await OpenAsync("", "")).Status.ReadWebAsync(CancellationToken.None);
        Assert.True(web.Admin.Answers && web.Customer.Answers);
    }

    private async Task ExpectRefusedAsync(params (string User, string Password)[] logins)
    {
        foreach ((string user, string password) in logins)
        {
            Assert.Equal("refused", await LogInAsync(user, password));
        }
    }

    private async Task<(string User, string Password)> ReadAsync(string side)
    {
        string text = await _lab.ExecAsync("cat", $"/var/www/{_lab.Definition.Name}/{side}/config/databases.yml");
        DatabaseCredentials found = DatabasesYml.Parse(text);
        return (found.User, found.Password);
    }

    private async Task<string> LogInAsync(string user, string password) => (await _lab.ExecAsync(
        "bash", "-c", "MYSQL_PWD=$2 mariadb --protocol=socket -u \"$1\" -e 'SELECT 1' >/dev/null 2>&1 && echo in || echo refused", "x", user, password)).Trim();

    private Task<string> FilesAsync() => _lab.ExecAsync(
        "bash", "-c", "cd /var/www/$1; cat */config/databases.yml; stat -c '%n %U %G %a' */config/databases.yml", "x", _lab.Definition.Name);

    private async Task<string> AccountsAsync()
    {
        (string _, string password) = await ReadAsync("admin");
        return await _lab.ExecAsync(
            "bash", "-c", "MYSQL_PWD=$1 mariadb -u root -N -e \"SELECT User, Host, plugin, authentication_string FROM mysql.user WHERE Host = 'localhost' ORDER BY User\"", "x", password);
    }

    private sealed class Steps(Action<string>? onStep) : Asterisell.Engine.Operations.IOperationProgress
    {
        public void Report(string value) => onStep?.Invoke(value);

        public void Report(string step, int percent) => onStep?.Invoke(step);
    }

    private sealed class NobodyToAsk : ISecretSource
    {
        public Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation) => Task.FromResult<Secret?>(null);

        public Task<Secret?> AskAsync(string name, CancellationToken cancellation) => Task.FromResult<Secret?>(null);
    }
}
