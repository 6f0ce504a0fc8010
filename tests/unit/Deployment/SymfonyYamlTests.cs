using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using YamlDotNet.RepresentationModel;

namespace Asterisell.Tests.Unit.Deployment;

/// <summary>A text is written so that every reader gets the same text, or not at all. The readers of PHP are asked in the integration tests.</summary>
public sealed class SymfonyYamlTests
{
    private const string Alphabet = "aZ09 \t:#'\"{}[]$\\%\n\r,&*!|>@`-?~=<./éß漢😀\u00a0";

    [Theory]
    [InlineData("word", "word")]
    [InlineData("", "''")]
    [InlineData("null", "'null'")]
    [InlineData("Yes", "'Yes'")]
    [InlineData("0123", "'0123'")]
    [InlineData("1e3", "'1e3'")]
    [InlineData("-", "'-'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\\nb", "'a\\nb'")]
    [InlineData("a\nb", "\"a\\nb\"")]
    [InlineData("a\r\n\"b\"", "\"a\\r\\n\\\"b\\\"\"")]
    [InlineData("2020-02-29", "'2020-02-29'")]
    [InlineData("100% %x% %SFX%", "'100% %x% %SFX%'")]
    [InlineData("word\n", "\"word\\n\"")]
    public void Writes(string text, string scalar) => Assert.Equal(scalar, SymfonyYaml.Scalar("x", text));

    [Theory]
    [InlineData("a\\b\nc", "a backslash and the end of a line")]
    [InlineData("<?php system('id'); ?>", "PHP code")]
    [InlineData("<?= 1 ?>", "PHP code")]
    [InlineData("<%= 1 %>", "PHP code")]
    [InlineData("< SCRIPT Language='php'>", "PHP code")]
    [InlineData("a%SF_ROOT_DIR%b", "constant of symfony")]
    [InlineData("%app_smtp_password%", "constant of symfony")]
    [InlineData("nul\0", "control character")]
    [InlineData("\u001b[2J", "control character")]
    [InlineData("\u0085", "control character")]
    [InlineData("\u2028", "control character")]
    [InlineData("\ufeff", "control character")]
    public void Refuses(string text, string why)
    {
        TemplateValueException refused = Assert.Throws<TemplateValueException>(() => SymfonyYaml.Scalar("smtp.password", text));
        Assert.Equal("smtp.password", refused.What);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_half_of_a_character() =>
        Assert.Contains("Unicode", Assert.Throws<TemplateValueException>(() => SymfonyYaml.Scalar("x", "a\ud83d")).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_read_back_as_it_was()
    {
        var random = new Random(20261123);
        int refused = 0;
        const int rounds = 4000;
        for (int round = 0; round < rounds; round++)
        {
            string text = RandomText(random);
            try
            {
                AssertReadBack(text);
            }
            catch (TemplateValueException)
            {
                Assert.True(text.Contains('\\', StringComparison.Ordinal) || text.Contains('<', StringComparison.Ordinal), text);
                refused++;
            }
        }

        Assert.InRange(refused, 1, rounds / 2);
    }

    [Theory]
    [InlineData("a: b # 'c' { $d \\ \"e\" %f%")]
    [InlineData("line\n\"two\"\r\n'three'\n")]
    [InlineData("  blanks at both ends  ")]
    [InlineData("0777")]
    public void A_password_reaches_the_database_as_it_is(string password)
    {
        DatabaseSettings settings = new() { Name = "calls", User = "calls" };
        DatabaseCredentials admin = DatabasesYml.Parse(DatabasesYmlFile.Admin(settings, password));
        Assert.Equal(("calls", "calls", password), (admin.Database, admin.User, admin.Password));
        DatabaseCredentials customer = DatabasesYml.Parse(DatabasesYmlFile.Customer(settings, password));
        Assert.Equal(("calls", "usr_calls", password), (customer.Database, customer.User, customer.Password));
    }

    private static void AssertReadBack(string text)
    {
        string scalar = SymfonyYaml.Scalar("x", text);
        var stream = new YamlStream();
        stream.Load(new StringReader($"key:\n  - {scalar}\nother: {scalar}\n"));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        Assert.Equal(text, ((YamlScalarNode)((YamlSequenceNode)root.Children["key"])[0]).Value);
        Assert.Equal(text, ((YamlScalarNode)root.Children["other"]).Value);
        Assert.Equal(text, ReadAsSymfony(scalar));
    }

    /// <summary>What symfony 1 does with a quoted text; a plain one it takes as it is.</summary>
    private static string ReadAsSymfony(string scalar) => scalar.FirstOrDefault() switch
    {
        '\'' => scalar[1..^1].Replace("''", "'", StringComparison.Ordinal),
        '"' => scalar[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\r", "\r", StringComparison.Ordinal),
        _ => SymfonyScalar.Evaluate(scalar),
    };

    private static string RandomText(Random random)
    {
        Rune[] runes = [.. Alphabet.EnumerateRunes()];
        var text = new StringBuilder();
        for (int length = random.Next(24); length > 0; length--)
        {
            text.Append(runes[random.Next(runes.Length)].ToString());
        }

        return text.ToString();
    }
}
