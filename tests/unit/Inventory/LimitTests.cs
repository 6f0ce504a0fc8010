using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

/// <summary>Files that were made to hurt: each is told what it is, in bounded time.</summary>
public sealed class LimitTests
{
    /// <summary>Far more than such a file takes on a busy machine, far less than what grows with the square of its size.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, (string Id, Func<string> Text)> Hostile = new()
    {
        ["ten megabytes"] = (FindingId.TooLarge, () => new string('x', 10_000_000)),
        ["brackets"] = (FindingId.TooDeep, () => Fill("[")),
        ["braces"] = (FindingId.TooDeep, () => Fill("{a: ")),
        ["dashes"] = (FindingId.TooDeep, () => Fill("- ")),
        ["questions"] = (FindingId.TooDeep, () => Fill("? ")),
        ["items"] = (FindingId.TooManyNodes, () => "[" + Fill("a,")),
        ["billion laughs"] = (FindingId.TooManyNodes, () => Laughs(12, 9)),
        ["deep aliases"] = (FindingId.TooDeep, () => Laughs(40, 1)),
        ["instances"] = (FindingId.TooManyEntries, () => "version: 1\ninstances:\n" + Lines(20_000, n => $"  k{n}:\n")),
        ["hosts"] = (FindingId.TooManyEntries, () => "version: 1\nhosts:\n" + Lines(2_000, n => $"  k{n}: {{ endpoint: unix:///{n} }}\n")),
        ["a list"] = (FindingId.TooManyEntries, () => "version: 1\ndefaults: { tags: [" + Lines(2_000, n => $"t{n}, ") + "] }\n"),
        ["templates on templates"] = (FindingId.TooManyEntries, () =>
            "version: 1\ntemplates:\n" + Lines(900, n => $"  k{n}: {{ extends: k{n + 1}, tags+: [a{n}] }}\n") + "  k900: {}\ninstances: { billing: { extends: k0 } }\n"),
        ["lists on lists"] = (FindingId.TooManyNodes, () =>
            "version: 1\ndefaults: { tags: [" + Lines(1_000, n => $"t{n}, ") + "] }\ninstances:\n" + Lines(5_000, n => $"  n{n}: {{ tags+: [x] }}\n")),
        ["unknown keys"] = (FindingId.TooManyFindings, () => "version: 1\n" + Lines(50_000, n => $"k{n}: 1\n")),
        ["one port"] = (FindingId.TooManyFindings, () => "version: 1\ninstances:\n" + Lines(9_000, n => $"  k{n}: {{ ports: {{ http: 80 }} }}\n")),
        ["wrong hosts"] = (FindingId.TooManyFindings, () =>
            "version: 1\nhosts:\n" + Lines(900, n => $"  host-with-a-long-name-{n}: {{ endpoint: unix:///{n} }}\n") + "instances:\n"
            + Lines(5_000, n => $"  k{n}: {{ host: host-with-a-lng-name-{n} }}\n")),
        ["a long key"] = (FindingId.SyntaxError, () => Fill("k") + ": 1\n"),
        ["a quote without end"] = (FindingId.SyntaxError, () => "version: \"" + Fill("x ")),
        ["anchors"] = (FindingId.SyntaxError, () => Fill("&a ")),
        ["documents"] = (FindingId.SeveralDocuments, () => "version: 1\n" + Fill("---\n")),
        ["empty lines"] = (FindingId.EmptyFile, () => Fill("\n")),
        ["comments"] = (FindingId.EmptyFile, () => Fill("# x\n")),
    };

    public static TheoryData<string> Names => [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_is_told_what_it_is(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Hostile[name].Text());
        Stopwatch watch = Stopwatch.StartNew();
        InventoryReadResult result = InventoryReader.Read(Inventories.Path, bytes);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        Assert.Contains(result.Findings, finding => finding.Id == Hostile[name].Id);
        Assert.InRange(result.Findings.Count, 1, InventoryLimits.Findings + 1);
        Assert.Null(result.Inventory);
    }

    [Fact]
    public void Two_hundred_instances_are_read_in_a_moment()
    {
        string yaml = "version: 1\nhosts: { milan: { endpoint: \"ssh://milan\" }, rome: { endpoint: \"ssh://rome\" } }\n"
            + "templates:\n  base: { currency: { code: EUR }, jobs: { import: [A, B] }, tags: [all] }\ninstances:\n"
            + Lines(200, n => $"  reseller-{n}:\n    host: {(n % 2 == 0 ? "milan" : "rome")}\n    extends: base\n    tags+: [reseller]\n"
                + $"    ports: {{ http: {8000 + n}, ssh: {22000 + n} }}\n    web: {{ domain: r{n}.example.com }}\n"
                + $"    database:\n      password: {{ env: DB_{n} }}\n      customerPassword: {{ file: secrets/{n} }}\n    rating: {{ startDate: 2020-01-01 }}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(yaml);
        TimeSpan best = Enumerable.Range(0, 20).Min(_ =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            Assert.Equal(200, InventoryReader.Read(Inventories.Path, bytes).Inventory!.Instances.Count);
            return watch.Elapsed;
        });
        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void What_is_no_file_is_a_finding()
    {
        string folder = Directory.CreateTempSubdirectory("limits").FullName;
        try
        {
            Assert.Equal(["0:0 NotReadable"], InventoryReader.Read(folder).Places());
            Assert.Equal(["0:0 NotReadable"], InventoryReader.Read(Path.Combine(folder, "none.yml")).Places());
            Assert.Equal(["0:0 NotReadable"], InventoryReader.Read("/dev/zero").Places());
            Assert.Equal(["0:0 NotReadable"], InventoryReader.Read("/dev/null").Places());
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static string Fill(string part) => string.Concat(Enumerable.Repeat(part, (InventoryLimits.Bytes - 100) / part.Length));

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));

    private static string Laughs(int levels, int width) => "version: 1\na0: &a0 [x]\n"
        + string.Concat(Enumerable.Range(1, levels).Select(n => $"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", width))}]\n"));
}
