using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Tests.Unit.Deployment.Release;

public sealed class DeployedManifestTests : IDisposable
{
    private static readonly RenderedConfiguration Configuration =
        new([new RenderedFile("/etc/x", new byte[1]), new RenderedFile("/var/www/billing/admin/config/own.yml", new byte[1])], [], []);

    private readonly CheckoutFolder checkout = new();

    public void Dispose() => checkout.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("tab\tnew\nline\rback\\slash\\n")]
    [InlineData("\udcff not utf-8 \udc80")]
    [InlineData("trailing\\")]
    public async Task It_reads_what_it_wrote(string made)
    {
        checkout.Write("lib/a\tb\\n", "content");
        checkout.Write("fabric_data/lib.py", "default_upgrade_jobs = ['One', 'Two']");
        File.CreateSymbolicLink(Path.Combine(checkout.Folder, "link"), "lib");
        DeployedManifest written = await OfAsync([made]);
        DeployedManifest read = DeployedManifest.Parse(CheckoutFolder.Instance, written.ToString())!;
        Assert.Equal(written.Head, read.Head);
        Assert.True(read.Head.IsSettled);
        Assert.Equal(["One", "Two"], read.UpgradeJobs);
        Assert.Equal(written.Entries.OrderBy(entry => entry.Path, StringComparer.Ordinal), read.Entries);
        Assert.Equal((DeployedOrigin.Release, 7), (read.Find("lib/a\tb\\n")!.Origin, read.Find("lib/a\tb\\n")!.SizeBytes));
        Assert.Equal(DeployedOrigin.Application, read.Find(made)!.Origin);
        Assert.Equal(TreeEntryKind.Link, read.Find("link")!.Kind);
        Assert.True(read.IsConfigured("config/own.yml"));
        Assert.False(read.IsConfigured("link"));
    }

    [Fact]
    public async Task Another_instances_and_a_torn_one_are_not_believed()
    {
        string text = (await OfAsync(null)).ToString();
        Assert.False(DeployedManifest.Parse(CheckoutFolder.Instance, text)!.Head.IsSettled);
        Assert.Null(DeployedManifest.Parse(CheckoutFolder.Instance with { Name = "other" }, text));
        Assert.Null(DeployedManifest.Parse(CheckoutFolder.Instance, ""));
        for (int length = 0; length < text.Length; length++)
        {
            // Torn at the end of a line, nothing tells; it is written by rename, so that it is never torn.
            if (text[..length] is not [.., '\n'])
            {
                Assert.Null(DeployedManifest.Parse(CheckoutFolder.Instance, text[..length]));
            }
        }
    }

    [Fact]
    public async Task While_files_are_exchanged_it_knows_those_of_both()
    {
        checkout.Write("old", "x");
        DeployedManifest before = await OfAsync(["made"]);
        File.Delete(Path.Combine(checkout.Folder, "old"));
        checkout.Write("new", "y");
        DeployedManifest after = (await OfAsync(null)).With(before);
        Assert.NotNull(after.Find("old"));
        Assert.NotNull(after.Find("new"));
        Assert.Equal(DeployedOrigin.Application, after.Find("made")!.Origin);
        Assert.Equal(before.Entries.Count + 1, after.Entries.Count);
    }

    private Task<DeployedManifest> OfAsync(IEnumerable<string>? made) =>
        DeployedManifest.OfAsync(CheckoutFolder.Instance, checkout.Read(), Configuration, made, CancellationToken.None);
}
