using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Deployment.Drift;
using Xunit.Abstractions;

namespace Asterisell.Tests.Integration.Deployment.Drift;

public sealed class TreeComparisonTests(ITestOutputHelper said)
{
    [Fact]
    public async Task What_was_just_deployed_does_not_differ_whatever_it_is_called()
    {
        await using ApplicationContainer container = await ApplicationContainer.StartAsync();
        foreach (string name in (string[])["a b", "-rf", "new\nline", "quote'\"", "$HOME`id`", "back\\slash\\n", "*?[a]", "é€😀", "tab\t", "%s"])
        {
            container.Write("lib/" + name, name);
        }

        File.CreateSymbolicLink(Path.Combine(container.Checkout, "lib/link"), "no where\n");
        await container.DeployAsync();
        Assert.Empty(await container.CompareAsync());
        Assert.Empty(await container.CompareAsync(checksum: true));

        // By time alone they differ; their content decides.
        await container.BashAsync("find . -type f -exec touch {} +");
        Assert.Empty(await container.CompareAsync());
    }

    [Fact]
    public async Task Each_sort_of_difference_is_told_from_the_others()
    {
        await using ApplicationContainer container = await ApplicationContainer.StartAsync();
        foreach (string path in (string[])["same", "newer", "edited", "gone-inside", "no-longer", "no-longer-edited", "folder/inside", "both", "sub/old/file", "link-target"])
        {
            container.Write(path, "12345");
        }

        File.CreateSymbolicLink(Path.Combine(container.Checkout, "link"), "one");
        await container.DeployAsync();
        container.Write("newer", "54321");
        container.Write("both", "abcde");
        container.Write("added/deep/file", "x");
        File.Delete(Path.Combine(container.Checkout, "no-longer"));
        File.Delete(Path.Combine(container.Checkout, "no-longer-edited"));
        Directory.Delete(Path.Combine(container.Checkout, "sub"), recursive: true);
        File.Delete(Path.Combine(container.Checkout, "link"));
        File.CreateSymbolicLink(Path.Combine(container.Checkout, "link"), "two");
        await container.BashAsync(
            """
            printf 54321 > edited; printf ABCDE > both; printf 54321 > no-longer-edited; rm gone-inside; rm link-target; mkdir link-target
            mkdir -p mine log cache data_files/messages web/uploads/assets web/uploads/other apps/provider_specific/x
            touch mine/own.php $'bad\xff' log/x cache/x data_files/messages/x web/uploads/assets/x web/uploads/other/x apps/provider_specific/x/y scripts x~
            ln -s /etc/passwd mine/link
            """);
        IReadOnlyList<TreeDifference> found = await container.CompareAsync();
        Assert.Equal(
            [
                "Added added", "Added added/deep", "Added added/deep/file", "OperatorFile bad\udcff", "Changed both edited", "Changed edited edited", "Added gone-inside",
                "Changed link", "Changed link-target edited blocked", "OperatorFile mine/link", "OperatorFile mine/own.php", "Changed newer", "Removed no-longer",
                "Removed no-longer-edited edited", "OperatorFile scripts", "Removed sub", "Removed sub/old", "Removed sub/old/file",
            ],
            found.Select(one => $"{one.Change} {one.Path}{(one.IsEdited ? " edited" : "")}{(one.IsBlocked ? " blocked" : "")}"));
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_is_seen_when_content_is_read()
    {
        await using ApplicationContainer container = await ApplicationContainer.StartAsync();
        container.Write("file", "12345");
        await container.DeployAsync();
        await container.BashAsync("touch -r file reference; printf 54321 > file; touch -r reference file; rm reference");
        Assert.Empty(await container.CompareAsync());
        Assert.Equal("file", Assert.Single(await container.CompareAsync(checksum: true)).Path);
    }

    [Fact]
    public async Task Where_nobody_noted_what_was_brought_the_checkouts_history_tells()
    {
        await using ApplicationContainer container = await ApplicationContainer.StartAsync();
        container.Write("once", "x");
        container.Write("sub/é\nonce", "x");
        await container.DeployAsync(noted: false);
        string[] unknown = ["OperatorFile once", "OperatorFile own.php", "OperatorFile sub/é\nonce"];
        string[] known = ["Removed once", "OperatorFile own.php", "Removed sub/é\nonce"];
        Git("init", "-q");
        CommitAll();
        File.Delete(Path.Combine(container.Checkout, "once"));
        File.Delete(Path.Combine(container.Checkout, "sub/é\nonce"));
        CommitAll();
        await container.BashAsync("touch own.php");
        Assert.Equal(known, Tell(await container.CompareAsync()));
        Directory.Delete(Path.Combine(container.Checkout, ".git"), recursive: true);
        Assert.Equal(unknown, Tell(await container.CompareAsync()));

        void CommitAll()
        {
            Git("add", "-A");
            Git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "x");
        }

        void Git(params string[] arguments)
        {
            using Process git = Process.Start("git", ["-C", container.Checkout, .. arguments]);
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
        }
    }

    [Fact]
    public async Task An_instance_without_the_application_says_so()
    {
        await using ApplicationContainer container = await ApplicationContainer.StartAsync();
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => container.CompareAsync());
        Assert.Equal("ApplicationNotInstalled", failure.ErrorId);
    }

    [Fact]
    public async Task Five_thousand_files_are_compared_in_a_second_or_two()
    {
        await using ApplicationContainer container = await ApplicationContainer.StartAsync();
        string content = new('x', 8000);
        for (int i = 0; i < 5000; i++)
        {
            container.Write(string.Create(CultureInfo.InvariantCulture, $"apps/module{i % 50}/file{i}.php"), content + i);
        }

        await container.DeployAsync();
        TimeSpan quick = await MeasureAsync(checksum: false);
        TimeSpan full = await MeasureAsync(checksum: true);
        said.WriteLine($"5000 files, 40 MB: {quick.TotalMilliseconds:0} ms by size and time, {full.TotalMilliseconds:0} ms by content");

        // Far above what it takes on a quiet machine; a comparison file by file takes minutes.
        Assert.InRange(quick, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.InRange(full, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        async Task<TimeSpan> MeasureAsync(bool checksum)
        {
            long start = Stopwatch.GetTimestamp();
            Assert.Empty(await container.CompareAsync(checksum));
            return Stopwatch.GetElapsedTime(start);
        }
    }

    private static IEnumerable<string> Tell(IEnumerable<TreeDifference> found) => found.Select(one => $"{one.Change} {one.Path}");
}
