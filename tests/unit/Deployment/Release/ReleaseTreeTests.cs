using System.Diagnostics;
using System.Formats.Tar;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances.Application;

namespace Asterisell.Tests.Unit.Deployment.Release;

public sealed class ReleaseTreeTests : IDisposable
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly CheckoutFolder checkout = new();

    public void Dispose() => checkout.Dispose();

    [Fact]
    public void What_the_old_tool_left_behind_is_left_behind()
    {
        string[] left =
        [
            ".git/config", "sub/.git/HEAD", ".idea/x", "tmp/x", "cache/x", ".fslckout", ".gitignore", "fabfile.py", "fabfile.pyc", "fabric_data/passwords.ini",
            "web/uploads/assets/logo.png", "apps/provider_specific/theirs/Rates.php", "customizations/x", "data_files/messages/x", "config/databases.yml",
            "lib/x.php~", "lib/x.pyc", "log/x.log", "updates/x", "web/generated_graphs/x.png", "REMOVE_ME_FOR_ENABLING_ASTERISELL_APP",
        ];
        string[] kept = ["lib/tmp/x", "lib/fabfile.py", "apps/cache/x", "web/uploads/index.html", "provider_specific.txt", "config/app.yml", "lib/.gitignore", "lib/log/x"];
        foreach (string path in left.Concat(kept))
        {
            checkout.Write(path, "x");
        }

        Assert.Equal(kept.Append("VERSION").Append("asterisell.php").Order(StringComparer.Ordinal), Files(checkout.Read()));
    }

    [Fact]
    public void Names_of_any_sort_links_and_programs_are_kept_and_pipes_are_not()
    {
        string[] names = ["a b", "-rf", "new\nline", "quote'\"", "$HOME`id`", "back\\slash", "*?[a]", "é€😀", "tab\t"];
        foreach (string name in names)
        {
            checkout.Write("lib/" + name, "x");
        }

        checkout.Write("scripts/run", "x", Closed | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(checkout.Folder, "lib/link"), "../no where");
        Directory.CreateSymbolicLink(Path.Combine(checkout.Folder, "lib/loop"), "..");
        Bash("mkfifo \"$1\"/lib/pipe");
        ReleaseTree tree = checkout.Read();
        Assert.Equal(names.Order(StringComparer.Ordinal), Files(tree).Where(path => path.StartsWith("lib/", StringComparison.Ordinal)).Select(path => path[4..]));
        Assert.Equal([("lib/link", "../no where"), ("lib/loop", "..")], tree.Entries.Where(entry => entry.Kind == TreeEntryKind.Link).Select(entry => (entry.Path, entry.Target!)));
        Assert.True(tree.Find("scripts/run")!.IsExecutable);
        Assert.False(tree.Find("lib/a b")!.IsExecutable);
        Assert.Equal(tree.Entries, checkout.Read().Entries);
        Assert.Equal(tree.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal), tree.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void A_name_that_is_no_UTF8_is_refused()
    {
        Bash("printf x > \"$1\"/$'bad\\xff'");
        Assert.Equal("SourceNameUnusable", Assert.Throws<AsterisellException>(() => checkout.Read()).ErrorId);

        // .NET cannot remove it either.
        Bash("rm \"$1\"/$'bad\\xff'");
    }

    [Fact]
    public void An_inventory_in_the_checkout_stays_there_with_its_secrets()
    {
        string inventory = checkout.Write("asterisell.yml", "version: 1");
        string mine = checkout.Write("secrets/billing", "x", Closed);
        checkout.Write("secrets/other", "x", Closed);
        checkout.Write("secrets/README", "x");
        string key = checkout.Write("tls/a.key", "x", Closed);
        string certificate = checkout.Write("tls/a.crt", "x");
        AsterisellInstance instance = CheckoutFolder.Instance with
        {
            InventoryPath = inventory,
            Settings = new InstanceSettings
            {
                Database = new DatabaseSettings { Password = SecretReference.FromFile(mine) },
                Web = new WebSettings { Certificate = certificate, CertificateKey = key },
            },
        };
        Assert.Equal(["VERSION", "asterisell.php", "secrets/README"], Files(checkout.Read(instance)));
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_listed_is_not_taken_for_the_listed_one()
    {
        ReleaseTree tree = checkout.Read();
        Assert.Equal(64, (await tree.HashAsync(tree.Find("VERSION")!, CancellationToken.None)).Length);
        checkout.Write(ApplicationTree.Program, "<?php // longer");
        AsterisellException changed = await Assert.ThrowsAsync<AsterisellException>(() => tree.HashAsync(tree.Find(ApplicationTree.Program)!, CancellationToken.None));
        Assert.Equal("SourceChanged", changed.ErrorId);
        File.Delete(Path.Combine(checkout.Folder, ApplicationTree.Program));
        Assert.Equal("SourceChanged", Assert.Throws<AsterisellException>(() => tree.Open(tree.Find(ApplicationTree.Program)!)).ErrorId);
    }

    [Fact]
    public async Task A_part_of_it_goes_into_a_tar()
    {
        checkout.Write("lib/a b", "content");
        checkout.Write("lib/c", "other");
        File.CreateSymbolicLink(Path.Combine(checkout.Folder, "lib/link"), "c");
        ReleaseTree tree = checkout.Read();
        List<(string Name, TarEntryType Type, string Content)> sent = [];
        await ApplicationArchive.SendAsync(
            tree, tree.Entries.Where(entry => entry.Path is "lib" or "lib/a b" or "lib/link"), "/var/www/x/admin", 48,
            async stream =>
            {
                using TarReader reader = new(stream);
                while (await reader.GetNextEntryAsync() is { } entry)
                {
                    sent.Add((entry.Name, entry.EntryType, entry.DataStream is { } data ? await new StreamReader(data).ReadToEndAsync() : entry.LinkName));
                    Assert.Equal((0, 48), (entry.Uid, entry.Gid));
                }
            },
            CancellationToken.None);
        Assert.Equal(
            [
                ("var/www/x/admin/lib/", TarEntryType.Directory, ""), ("var/www/x/admin/lib/a b", TarEntryType.RegularFile, "content"),
                ("var/www/x/admin/lib/link", TarEntryType.SymbolicLink, "c"),
            ],
            sent);
    }

    private void Bash(string script)
    {
        using Process bash = Process.Start("bash", ["-c", script, "bash", checkout.Folder]);
        bash.WaitForExit();
        Assert.Equal(0, bash.ExitCode);
    }

    private static IEnumerable<string> Files(ReleaseTree tree) => tree.Entries.Where(entry => entry.Kind == TreeEntryKind.File).Select(entry => entry.Path);
}
