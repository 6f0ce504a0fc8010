using System.Runtime.Versioning;
using Asterisell.Engine.Repository;

namespace Asterisell.Tests.Integration.Repository;

/// <summary>Which instances a new version touches, where inventory and customizations lie in the checkout itself.</summary>
[SupportedOSPlatform("linux")]
public sealed class InstanceReachTests : IDisposable
{
    private readonly GitSandbox _sandbox = new();

    public InstanceReachTests()
    {
        _sandbox.WriteUpstream("asterisell.yml", Inventory("EUR", "8100"));
        _sandbox.WriteUpstream("customizations/acme.php", "<?php // 1\n");
        _sandbox.WriteUpstream("customizations/unused.php", "<?php // 1\n");
        _sandbox.WriteUpstream("fabric_data/lib.py", "# 1\n");
        _sandbox.CommitUpstream("Fleet");
        _sandbox.Git("pull", "--quiet");
    }

    private CheckoutOptions Options => new() { InventoryPath = _sandbox["asterisell.yml"] };

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Application_files_reach_all_that_are_taken_from_the_checkout() =>
        Assert.Equal(["local/acme", "local/billing"], await ForeseeAsync("apps/rates.php", "<?php // 2\n"));

    [Fact]
    public async Task A_custom_file_reaches_those_that_use_it()
    {
        Assert.Equal(["local/acme"], await ForeseeAsync("customizations/acme.php", "<?php // 2\n"));
        Assert.Empty(await ForeseeAsync("customizations/unused.php", "<?php // 2\n"));
    }

    [Fact]
    public async Task What_is_never_deployed_reaches_nobody() => Assert.Empty(await ForeseeAsync("fabric_data/lib.py", "# 2\n"));

    [Fact]
    public async Task The_inventory_reaches_those_that_it_describes_differently()
    {
        Assert.Equal(["local/billing"], await ForeseeAsync("asterisell.yml", Inventory("EUR", "8101")));
        Assert.Equal(["local/acme"], await ForeseeAsync("asterisell.yml", Inventory("USD", "8100")));
    }

    [Fact]
    public async Task An_inventory_in_conflict_is_read_as_the_operator_had_it()
    {
        _sandbox.Write("asterisell.yml", Inventory("CHF", "8100"));
        _sandbox.Commit("Ours");
        _sandbox.WriteUpstream("asterisell.yml", Inventory("USD", "8100"));
        _sandbox.CommitUpstream("Theirs");
        await new RepositoryUpdater(TimeProvider.System).UpdateAsync(_sandbox.Clone, Options, null, CancellationToken.None);
        AsterisellConflict conflict = Assert.Single(await RepositoryConflicts.ListAsync(_sandbox.Clone, Options, CancellationToken.None));
        Assert.Equal(["local/acme"], conflict.Instances);
        Assert.Equal(["    currency: { code: CHF }"], conflict.Hunks[0].Ours);
        Assert.Equal([_sandbox.Clone], await RepositoryFinder.FindAsync(Options.InventoryPath, "/", CancellationToken.None));
        AsterisellRepository repository = await RepositoryReader.ReadAsync(_sandbox.Clone, Options, CancellationToken.None);
        Assert.Equal(["local/billing", "local/acme"], repository.Instances);
    }

    private async Task<IReadOnlyList<string>> ForeseeAsync(string file, string content)
    {
        GitSandbox.Run(_sandbox.Upstream, "reset", "--quiet", "--hard", _sandbox.Git("rev-parse", "HEAD"));
        _sandbox.WriteUpstream(file, content);
        _sandbox.CommitUpstream("One file");
        return (await RepositoryUpdater.ForeseeAsync(_sandbox.Clone, Options, null, CancellationToken.None)).Instances;
    }

    /// <summary>A template that one instance extends, and a port of the other.</summary>
    private static string Inventory(string currency, string port) => $$"""
        version: 1
        templates:
          reseller:
            currency: { code: {{currency}} }
            customFiles: { acme.php: lib }
        instances:
          billing: { ports: { http: {{port}} } }
          acme: { extends: reseller }

        """;
}
