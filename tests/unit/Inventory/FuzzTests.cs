using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

/// <summary>Any bytes give findings or an inventory, never an exception, and never take long. A failure names its seed.</summary>
public sealed class FuzzTests
{
    private const int First = 20240;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ":", ": ", "- ", "? ", "#", "&a ", "*a", "!x ", "|\n", ">\n", "'", "\"", "\\", "%", "@", "`", "\t", "\n", "\r", "\r\n", "  ", "---\n",
        "...\n", "<<: ", "null", "~", "true", "yes", "0x1F", "1e3", "2015-13-45", "host: ", "extends: [a, b]\n", "tags+: ", "instances:\n", "  billing:\n",
        "\0", "\uFEFF", "\u2028", "é", "\U0001F600", "99999999999999999999", "{ env: X }", "{ file: ../x }",
    ];

    private static readonly string[] Seeds =
    [
        InventoryTemplate.Text(),
        "version: 1\nhosts: { milan: { endpoint: \"ssh://milan\" } }\ntemplates: { a: { extends: b }, b: { tags+: [x] } }\ninstances:\n  milan/billing:\n    extends: [a, b]\n"
            + "    reports: { custom: [A: \"b\"] }\n    webdav: { users: [{ name: x, password: { env: A } }] }\n    customFiles: { a: b }\n",
    ];

    [Fact]
    [Trait("Category", "Campaign")]
    public void Any_bytes_give_findings_and_nothing_else()
    {
        int rounds = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 200_000 : 500;
        for (int seed = First; seed < First + rounds; seed++)
        {
            byte[] bytes = Mutate(new Random(seed));
            Stopwatch watch = Stopwatch.StartNew();
            try
            {
                InventoryReadResult result = InventoryReader.Read(Inventories.Path, bytes);
                Assert.Equal(result.Inventory is null, result.Findings.Any(finding => finding.Severity == FindingSeverity.Error));
                Assert.All(result.Findings, finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {error}");
            }

            Assert.True(watch.Elapsed < Bound, $"seed {seed}: {watch.Elapsed}");
        }
    }

    private static byte[] Mutate(Random random)
    {
        StringBuilder text = new(Seeds[random.Next(Seeds.Length)]);
        for (int i = random.Next(1, 12); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 200), text.Length - at)));
                    break;
                case 3:
                    text[at] = (char)random.Next(32, 127);
                    break;
                default:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 50))));
                    break;
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        for (int i = random.Next(4) == 0 ? random.Next(1, 4) : 0; i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }
}
