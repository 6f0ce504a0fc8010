using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

/// <summary>What is not YAML, or not YAML as an inventory wants it: told in the operator's words, at the place to be changed.</summary>
public sealed class SyntaxTests
{
    private const string After = "  after:\n    activ: true\n";

    [Theory]
    [InlineData("    tags: [a, b\n    active: true\n", "4:11", "The '[' that begins here is not closed properly.")]
    [InlineData("    ports: { http: 80\n    active: true\n", "4:12", "The '{' that begins here is not closed properly.")]
    [InlineData("    tags: [a]]\n", "4:14", "Nothing is open that ']' closes.")]
    [InlineData("    tags: [a,,b]\n", "4:11", "The '[' that begins here is not closed properly.")]
    [InlineData("    web: { domain: \"x }\n    active: true\n", "4:20", "The quote that begins here does not end.")]
    [InlineData("    host: 'x\n    active: true\n", "4:11", "The quote that begins here does not end.")]
    [InlineData("    host: \"x\" y\n", "4:15", "Text goes on behind the closing quote.")]
    [InlineData("    host: \"x\\d\"\n", "4:11", "A backslash in double quotes begins an escape, and this one is none.")]
    [InlineData("    web: domain: x\n", "4:16", "A value holds ': '.")]
    [InlineData("    active: true\n   tags: []\n", "5:4", "The indentation of this line fits none above it.")]
    [InlineData("    active: true\n      tags: []\n", "5:7", "This line is indented deeper than line 4, which has a value already.")]
    [InlineData("    active:true\n    tags: []\n", "4:5", "There is no blank behind the ':'.")]
    [InlineData("    tags: []\n    active:true\n", "5:5", "There is no blank behind the ':'.")]
    [InlineData("    tags: []\n    active\n", "5:5", "There is no ':' in this line.")]
    [InlineData("    active\n    tags: []\n", "4:5", "There is no ':' in this line.")]
    [InlineData("    host: @x\n", "4:11", "'@' cannot begin a value.")]
    [InlineData("    host: `x`\n", "4:11", "'`' cannot begin a value.")]
    [InlineData("    web: { domain: %x }\n", "4:20", "'%' cannot begin a value.")]
    [InlineData("    host: *\n", "4:11", "'*' cannot begin a value.")]
    [InlineData("    tags: - b\n", "4:11", "'-' cannot begin a value.")]
    [InlineData("    tags:\n    - a\n    - b\n    : c\n", "7:5", "The indentation of this line fits none above it.")]
    [InlineData("    active: true\n    - b\n", "5:5", "A list item stands where a key is expected.")]
    [InlineData("    - a\n    active: true\n", "5:5", "A key stands where the list above goes on.")]
    [InlineData("\tports:\n", "4:1", "A tab indents this line.")]
    [InlineData("    ports:\n    \thttp: 80\n", "5:5", "A tab indents this line.")]
    [InlineData("    ports: {\n  \thttp: 80}\n", "5:3", "A tab indents this line.")]
    public void Is_told_where_it_is_and_the_rest_is_looked_at(string body, string place, string message)
    {
        InventoryReadResult result = Inventories.Read("version: 1\ninstances:\n  billing:\n" + body + After);
        Assert.Contains(result.Findings, finding => $"{finding.Line}:{finding.Column}" == place && finding.Message == message);
        Assert.Contains(result.Findings, finding => finding.Key == "instances.after.activ" && finding.Suggestion == "Did you mean 'active'?");
        Assert.Null(result.Inventory);
    }

    [Fact]
    public void Several_syntax_errors_are_told_with_all_others()
    {
        InventoryReadResult result = Inventories.Read(
            """
            version: 1
            hosts:
              milan: { endpoint: "ssh://milan" }
              rome: { endpoint: @rome }
            targets:
              disk: { kind: directory, path: "/x }
            templates:
              base: { tags: [a }
            instances:
              milan/billing:
                extends: bsae
                targets: [disk, dsik]
              rome/billing:
                extends: base
                ports: { http: 0 }
            """);
        Assert.Equal(
            [
                "4:21 SyntaxError", "6:34 SyntaxError", "8:17 SyntaxError", "11:14 UnknownTemplate instances.milan/billing.extends",
                "12:14 UnknownTarget instances.milan/billing.targets", "15:20 InvalidValue instances.rome/billing.ports.http",
            ],
            result.Places());
    }

    [Fact]
    public void A_section_that_cannot_be_read_makes_no_further_errors_of_what_refers_to_it()
    {
        InventoryReadResult result = Inventories.Read("version: 1\nhosts: [\ninstances:\n  milan/billing: { host: milan }\n");
        Assert.Equal(["2:8 SyntaxError"], result.Places());
    }

    [Fact]
    public void A_merge_conflict_is_called_by_its_name()
    {
        InventoryReadResult result = Inventories.Read(
            "version: 1\ninstances:\n<<<<<<< HEAD\n  billing: {}\n=======\n  billing: { active: false }\n>>>>>>> main\n");
        Assert.Equal(["3:1 MergeConflict"], result.Places());
    }

    [Theory]
    [InlineData("", "1:1 EmptyFile")]
    [InlineData("# nothing\n", "1:1 EmptyFile")]
    [InlineData("---\n", "1:1 EmptyFile")]
    [InlineData("hello", "1:1 WrongType")]
    [InlineData("- a", "1:1 WrongType")]
    [InlineData("version: 1\n---\nversion: 1\n", "2:1 SeveralDocuments")]
    [InlineData("version: 1\n...\n---\nversion: 1\n", "3:1 SeveralDocuments")]
    [InlineData("version: 2\n", "1:10 UnsupportedVersion version")]
    [InlineData("version: \"1\"\n", "1:10 UnsupportedVersion version")]
    [InlineData("hosts: {}\n", "1:1 MissingKey")]
    [InlineData("version: 1\nversion: 1\n", "2:1 DuplicateKey")]
    [InlineData("version: 1\n? [a]\n: b\n", "2:3 ComplexKey")]
    [InlineData("version: 1\ninstances: 5\n", "2:12 WrongType instances")]
    [InlineData("version: 1\ndefaults: &a { tags: *b }\n", "2:22 UnknownAlias")]
    [InlineData("version: 1\ndefaults: &a { tags: *a }\n", "2:22 UnknownAlias")]
    [InlineData("version: 1\ndefaults: { <<: { active: true } }\n", "2:13 UnknownKey defaults.<<")]
    [InlineData("version: 1\ndefaults: { active: !!python/object:os.system x }\n", "2:21 UnknownTag", "2:21 WrongType defaults.active")]
    [InlineData("version: 1\ndefaults: { extends: x }\n", "2:13 UnknownKey defaults.extends")]
    [InlineData("version: 1\ninstances:\n  billing:\n    tags: [~]\n", "4:12 WrongType instances.billing.tags[0]")]
    [InlineData("version: 1\ninstances:\n  billing:\n    active:\n", "4:12 MissingValue instances.billing.active")]
    [InlineData("version: 1\ninstances:\n  billing:\n    tags: [a]\n    tags+: [b]\n", "5:5 DuplicateKey instances.billing.tags+")]
    [InlineData("version: 1\n\0", "2:1 InvalidCharacter")]
    [InlineData("version: 1 # \u0007 \u202E \u2028\n", "1:14 InvalidCharacter", "1:16 InvalidCharacter", "1:18 InvalidCharacter")]
    public void Odd_files_are_told_apart(string yaml, params string[] places) => Assert.Equal(places, Inventories.Read(yaml).Places());

    [Theory]
    [InlineData("\uFEFFversion: 1\r\ninstances:\r\n  billing:\r\n    tags: [a]\r\n")]
    [InlineData("version: 1\rinstances:\r  billing:\r    tags: [a]\r")]
    [InlineData("%YAML 1.2\n---\nversion: 1\ninstances:\n  billing: { tags: [a] }\n...\n")]
    [InlineData("{\"version\": 1, \"instances\": {\"billing\": {\"tags\": [\"a\"]}}}")]
    [InlineData("version: 1\ndefaults: { tags: &t [a] }\ninstances:\n  billing: { tags: *t }\n")]
    [InlineData("version: 1\ninstances:\n  billing:\n    tags:\n    - !!str a\n")]
    public void Every_way_to_write_the_same_is_the_same(string yaml) => Assert.Equal(["a"], Inventories.Sound(yaml).Instances[0].Tags);

    [Theory]
    [InlineData("no")]
    [InlineData("0039")]
    [InlineData("0x1F")]
    [InlineData("22:30")]
    [InlineData("1e3")]
    [InlineData("1_000")]
    [InlineData(".inf")]
    [InlineData("2015-01-01")]
    [InlineData("Yes")]
    public void Texts_are_taken_as_they_are_written(string text)
    {
        Assert.Equal(text, Inventories.Instance($"rating: {{ hiddenTelephonePrefix: {text} }}").Settings.Rating.HiddenTelephonePrefix);
    }

    [Fact]
    public void Norway_has_a_language()
    {
        Assert.Equal("no", Inventories.Instance("display: { culture: no }").Settings.Display.Culture);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x76, 0x00 }, "1:1 InvalidEncoding")]
    [InlineData(new byte[] { 0x76, 0x0A, 0x20, 0xC3, 0xA9, 0x20, 0xE9, 0x0A, 0xFF }, "2:4 InvalidEncoding", "3:1 InvalidEncoding")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "1:1 InvalidEncoding")]
    public void Bytes_that_are_no_text_are_told_line_by_line(byte[] bytes, params string[] places) =>
        Assert.Equal(places, InventoryReader.Read(Inventories.Path, bytes).Places());

    [Fact]
    public void A_message_holds_no_control_characters_and_no_endless_text()
    {
        InventoryReadResult result = Inventories.Read($"version: 1\ninstances:\n  \"b\\x1b[31m\\n{new string('x', 10_000)}\": {{}}\n");
        Assert.All(result.Findings, finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
        Assert.All(result.Findings, finding => Assert.InRange(finding.ToString().Length, 1, 500));
    }

    [Fact]
    public void Findings_read_like_those_of_a_compiler()
    {
        Assert.Equal(
            "/inventory/asterisell.yml:4:12: error: instances.billing.ports: Found a list. Expected the keys http, https, ssh, bindAddress, sshBindAddress.",
            Inventories.Finding("ports: [80]").ToString());
    }
}
