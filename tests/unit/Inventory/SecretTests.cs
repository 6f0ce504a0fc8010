using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Xml.Serialization;
using Asterisell.Engine.Inventory;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Tests.Unit.Inventory;

[UnsupportedOSPlatform("windows")]
public sealed class SecretTests : IDisposable
{
    private const string Value = "hunter2-ünïque";

    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    private readonly string folder = Directory.CreateTempSubdirectory("secrets").FullName;
    private readonly FakeSource source = new();
    private readonly SecretResolver resolver;

    public SecretTests() => resolver = new SecretResolver(source);

    public void Dispose()
    {
        resolver.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("{ env: A_1 }", SecretKind.Environment, "A_1", null)]
    [InlineData("{ file: /run/secrets/x }", SecretKind.File, "/run/secrets/x", null)]
    [InlineData("{ file: secrets/x }", SecretKind.File, "/inventory/secrets/x", null)]
    [InlineData("{ secret: billing db }", SecretKind.Vault, "billing db", null)]
    [InlineData("{ vault: V, secret: S }", SecretKind.Vault, "S", "V")]
    [InlineData("{ prompt: 'Password?' }", SecretKind.Prompt, "Password?", null)]
    public void References_are_read(string yaml, SecretKind kind, string name, string? vault)
    {
        SecretReference reference = Inventories.Instance($"smtp: {{ password: {yaml} }}").Settings.Smtp.Password!;
        Assert.Equal((kind, name, vault), (reference.Kind, reference.Name, reference.Vault));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ env: A, file: b }")]
    [InlineData("{ env: A, vault: b }")]
    [InlineData("{ vault: b }")]
    [InlineData("{ env: 1A }")]
    [InlineData("{ env: A-B }")]
    [InlineData("{ env: ~ }")]
    [InlineData("{ env: }")]
    [InlineData("{ env: [A] }")]
    [InlineData("{ evn: A }")]
    [InlineData("[A]")]
    [InlineData("''")]
    public void Other_things_are_none(string yaml) => Assert.Equal(FindingSeverity.Error, Inventories.Finding($"smtp: {{ password: {yaml} }}").Severity);

    [Theory]
    [InlineData(Value)]
    [InlineData("'" + Value + "'")]
    [InlineData("!!str " + Value)]
    [InlineData("12345678")]
    public async Task A_literal_is_taken_with_a_warning(string yaml)
    {
        InventoryReadResult result = Inventories.Read(Inventories.Document($"database: {{ password: {yaml} }}"));
        InventoryFinding finding = Assert.Single(result.Findings);
        Assert.Equal((FindingSeverity.Warning, "LiteralSecret", "instances.billing.database.password"), (finding.Severity, finding.Id, finding.Key));
        SecretReference reference = result.Inventory!.Instances[0].Settings.Database.Password!;
        Assert.Equal(yaml.Trim('\'').Replace("!!str ", string.Empty), (await resolver.ResolveAsync(reference, default)).Reveal());
    }

    [Fact]
    public void A_literal_never_prints()
    {
        InventoryReadResult result = Inventories.Read(Inventories.Document(
            $$"""
            database: { password: {{Value}}, customerPassword: "{{Value}}" }
            smtp: { password: {{Value}} }
            web: { accounts: [ { name: ann, password: {{Value}} } ] }
            webdav: { users: [ { name: bob, password: {{Value}}, passwort: {{Value}} } ] }
            external: { connections: [ { name: s, user: u, host: h, password: {{Value}}, port: 0 } ] }
            """) + $"targets:\n  vault: {{ kind: restic, uri: \"rest:https://u:{Value}@h/x\", password: {Value} }}\n"
            + $"hosts:\n  milan: {{ endpoint: \"ssh://root:{Value}@milan\" }}\n");
        Assert.Equal(4, result.Findings.Count(finding => finding.Severity == FindingSeverity.Error));
        AssertHidden(string.Concat(result.Findings));
        AssertHidden(JsonSerializer.Serialize(result));
        AssertHidden(Assert.Throws<AsterisellException>(result.Require).ToString());

        AsterisellInventory inventory = Inventories.Read(Inventories.Document(
            $"database: {{ password: {Value} }}\nwebdav: {{ users: [ {{ name: bob, password: {Value} }} ] }}")
            + $"targets: {{ vault: {{ kind: restic, path: /x, password: {Value} }} }}\n").Inventory!;
        AssertHidden(inventory.ToString());
        AssertHidden(string.Concat(inventory.Instances.Select(instance => $"{instance} {instance.Settings} {instance.Settings.Database} {instance.Settings.Webdav.Users[0]}")));
        AssertHidden(string.Concat(inventory.Targets[0] with { }));
        AssertHidden(JsonSerializer.Serialize(inventory, WithFields));
        AssertHidden(PublicGraph(inventory));
    }

    [Theory]
    [InlineData("password:hunter2")]
    [InlineData("password: *hunter2")]
    [InlineData("password: &hunter2")]
    [InlineData("password: !hunter2")]
    [InlineData("password: @hunter2")]
    [InlineData("password: %hunter2")]
    [InlineData("password: {hunter2}")]
    [InlineData("password: {hunter2")]
    [InlineData("password: [hunter2]")]
    [InlineData("password: hunter2: x")]
    [InlineData("password: x: hunter2")]
    [InlineData("password: 'hunter2")]
    [InlineData("password: 'x'hunter2")]
    [InlineData("password: \"\\hunter2\"")]
    [InlineData("password: |hunter2")]
    [InlineData("password: - hunter2")]
    [InlineData("pasword: hunter2")]
    [InlineData("password+: hunter2")]
    [InlineData("hunter2")]
    public void A_password_without_its_quotes_is_not_repeated(string line)
    {
        InventoryReadResult result = Inventories.Read($"version: 1\ninstances:\n  billing:\n    database:\n      {line}\n      user: x\n");
        Assert.NotEmpty(result.Findings);
        AssertHidden(string.Concat(result.Findings));
    }

    [Fact]
    public void A_secret_shows_itself_to_who_asks_for_it_and_to_nobody_else()
    {
        Secret secret = new(Value);
        Assert.Equal(Value, secret.Reveal());
        Assert.Equal("***", $"{secret}");
        Assert.Equal("{}", JsonSerializer.Serialize(secret, WithFields));
        AssertHidden(PublicGraph(secret));
        foreach (Type type in (Type[])[typeof(Secret), typeof(SecretReference)])
        {
            Assert.All(
                type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Where(field => field.FieldType == typeof(string) && !field.Name.StartsWith('<')),
                field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
            Assert.ThrowsAny<InvalidOperationException>(() => new XmlSerializer(type));
        }
    }

    [Fact]
    public async Task The_environment_is_asked_late()
    {
        string variable = $"ASTERISELL_TEST_{Guid.NewGuid():N}";
        SecretReference reference = SecretReference.FromEnvironment(variable);
        Assert.Equal(nameof(SecretErrors.SecretVariableNotSet), await ErrorOf(reference));
        Environment.SetEnvironmentVariable(variable, Value);
        Assert.Equal(Value, (await resolver.ResolveAsync(reference, default)).Reveal());
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("x\n", "x")]
    [InlineData("x\r\n", "x")]
    [InlineData(" x ", " x ")]
    public async Task One_line_end_of_a_file_is_left_out(string content, string expected)
    {
        Assert.Equal(expected, (await resolver.ResolveAsync(SecretReference.FromFile(Write(content, 384)), default)).Reveal());
    }

    [Theory]
    [InlineData("x", 416, "SecretFileExposed")]
    [InlineData("x", 388, "SecretFileExposed")]
    [InlineData("x", 448, "SecretFileExposed")]
    [InlineData("", 384, "SecretFileUnusable")]
    [InlineData("\n", 384, "SecretFileUnusable")]
    [InlineData("a\nb", 384, "SecretFileUnusable")]
    [InlineData("a\0", 384, "SecretFileUnusable")]
    [InlineData("a\n\n", 384, "SecretFileUnusable")]
    public async Task A_file_that_is_open_or_odd_is_refused(string content, int mode, string errorId) =>
        Assert.Equal(errorId, await ErrorOf(SecretReference.FromFile(Write(content, mode))));

    [Fact]
    public async Task A_file_may_be_read_only()
    {
        Assert.Equal("x", (await resolver.ResolveAsync(SecretReference.FromFile(Write("x", 256)), default)).Reveal());
    }

    [Fact]
    public async Task A_link_is_followed_and_what_it_leads_to_is_judged()
    {
        string link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, Write("x", 384));
        Assert.Equal("x", (await resolver.ResolveAsync(SecretReference.FromFile(link), default)).Reveal());
        string open = Path.Combine(folder, "open");
        File.CreateSymbolicLink(open, Write("x", 420));
        Assert.Equal(nameof(SecretErrors.SecretFileExposed), await ErrorOf(SecretReference.FromFile(open)));
    }

    [Fact]
    public async Task Neither_a_folder_nor_a_pipe_nor_a_device_is_read()
    {
        string pipe = Path.Combine(folder, "pipe");
        using (Process made = Process.Start("mkfifo", ["-m", "600", pipe]))
        {
            await made.WaitForExitAsync();
        }

        foreach (string path in (string[])[folder, pipe, "/dev/zero"])
        {
            Assert.Equal(nameof(SecretErrors.SecretFileNotRegular), await ErrorOf(SecretReference.FromFile(path)).WaitAsync(TimeSpan.FromSeconds(5)));
        }

        Assert.Equal(nameof(SecretErrors.SecretFileNotFound), await ErrorOf(SecretReference.FromFile(Path.Combine(folder, "none"))));
        Assert.Equal(nameof(SecretErrors.SecretFileNotFound), await ErrorOf(SecretReference.FromFile(Path.Combine(folder, "no/where"))));
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_refused()
    {
        string path = Write("x", 384);
        if (Owners.TryGive(path))
        {
            Assert.Equal(nameof(SecretErrors.SecretFileForeign), await ErrorOf(SecretReference.FromFile(path)));
        }
    }

    [Fact]
    public async Task What_is_no_text_is_refused_without_telling_its_bytes()
    {
        string path = Write(string.Empty, 384);
        await File.WriteAllBytesAsync(path, [0x68, 0x75, 0x6E, 0xFF, 0xFE]);
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(() => resolver.ResolveAsync(SecretReference.FromFile(path), default));
        Assert.Equal(nameof(SecretErrors.SecretFileUnusable), error.ErrorId);
        Assert.Null(error.InnerException);
        await File.WriteAllBytesAsync(path, new byte[100_000]);
        Assert.Equal(nameof(SecretErrors.SecretFileUnusable), await ErrorOf(SecretReference.FromFile(path)));
    }

    [Fact]
    public async Task A_vault_and_the_operator_are_asked_once()
    {
        source.Vault[("db", null)] = new Secret("one");
        source.Vault[("db", "V")] = new Secret("two");
        Assert.Equal("one", (await resolver.ResolveAsync(SecretReference.FromVault("db"), default)).Reveal());
        Assert.Equal("two", (await resolver.ResolveAsync(SecretReference.FromVault("db", "V"), default)).Reveal());
        Assert.Equal(nameof(SecretErrors.SecretNotInVault), await ErrorOf(SecretReference.FromVault("other")));
        await resolver.ResolveAsync(SecretReference.FromVault("db"), default);
        Assert.Equal(nameof(SecretErrors.SecretNotInVault), await ErrorOf(SecretReference.FromVault("other")));
        Assert.Equal(3, source.Searched);

        Secret[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => resolver.ResolveAsync(SecretReference.FromPrompt($"Password {n % 2}?"), default)));
        Assert.Equal(["answer 1", "answer 2"], answers.Select(answer => answer.Reveal()).Distinct().Order());
        Assert.Equal((2, 1), (source.Asked, source.MostAtOnce));
        source.Silent = true;
        Assert.Equal(nameof(SecretErrors.SecretNotAnswered), await ErrorOf(SecretReference.FromPrompt("Other?")));
    }

    [Fact]
    public async Task What_may_need_the_operator_is_asked_before_and_its_failure_told_later()
    {
        source.Vault[("db", null)] = new Secret("one");
        source.Silent = true;
        SecretReference inVault = SecretReference.FromVault("db"), prompt = SecretReference.FromPrompt("Password?");
        await resolver.PrepareAsync([SecretReference.FromEnvironment("ASTERISELL_NOT_SET"), prompt, inVault, prompt], default);
        Assert.Equal((1, 1), (source.Asked, source.Searched));

        Assert.Equal("one", (await resolver.ResolveAsync(inVault, default)).Reveal());
        Assert.Equal(nameof(SecretErrors.SecretNotAnswered), await ErrorOf(prompt));
        Assert.Equal((1, 1), (source.Asked, source.Searched));
    }

    [Fact]
    public async Task A_question_that_was_cancelled_is_asked_again()
    {
        source.Waits = true;
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolver.ResolveAsync(SecretReference.FromPrompt("Password?"), cancel.Token));
        source.Waits = false;
        Assert.Equal("answer 2", (await resolver.ResolveAsync(SecretReference.FromPrompt("Password?"), default)).Reveal());
    }

    [Fact]
    public async Task Cancelling_ends_a_question()
    {
        source.Waits = true;
        using CancellationTokenSource cancel = new();
        Task<Secret> asked = resolver.ResolveAsync(SecretReference.FromPrompt("Password?"), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private static void AssertHidden(string text)
    {
        Assert.DoesNotContain(Value, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Everything that public properties lead to, which is what Export-Clixml and Format-List see.</summary>
    private static string PublicGraph(object? root)
    {
        StringBuilder text = new();
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object?> open = new([root]);
        while (open.TryPop(out object? current))
        {
            text.Append(CultureInfo.InvariantCulture, $"{current}\n");
            if (current is null or string || current.GetType().IsPrimitive || !seen.Add(current))
            {
                continue;
            }

            foreach (object? item in current as System.Collections.IEnumerable ?? Array.Empty<object>())
            {
                open.Push(item);
            }

            foreach (PropertyInfo property in current.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.DeclaringType!.Namespace == "Asterisell"))
            {
                open.Push(property.GetValue(current));
            }
        }

        return text.ToString();
    }

    private async Task<string> ErrorOf(SecretReference reference)
    {
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(() => resolver.ResolveAsync(reference, default));
        AssertHidden(error.ToString());
        return error.ErrorId;
    }

    private string Write(string content, int mode)
    {
        string path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }

    private sealed class FakeSource : ISecretSource
    {
        private int current;

        public Dictionary<(string, string?), Secret> Vault { get; } = [];

        public int Asked { get; private set; }

        public int MostAtOnce { get; private set; }

        public bool Silent { get; set; }

        public bool Waits { get; set; }

        public int Searched { get; private set; }

        public Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation)
        {
            Searched++;
            return Task.FromResult(Vault.GetValueOrDefault((name, vault)));
        }

        public async Task<Secret?> AskAsync(string question, CancellationToken cancellation)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref current));
            Asked++;
            await Task.Delay(Waits ? Timeout.Infinite : 1, cancellation);
            Interlocked.Decrement(ref current);
            return Silent ? null : new Secret($"answer {Asked}");
        }
    }
}
