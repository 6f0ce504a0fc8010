namespace Asterisell.Tests.Unit.Operations;

public sealed class BatchSizeTests
{
    [Theory]
    [InlineData("1", 100, 1)]
    [InlineData("250", 100, 250)]
    [InlineData("25%", 8, 2)]
    [InlineData("25%", 3, 1)]
    [InlineData("1%", 3, 1)]
    [InlineData(" 100% ", 7, 7)]
    public void A_size_is_a_number_or_a_share(string text, int total, int expected) =>
        Assert.Equal(expected, new BatchSize(text).Of(total));

    [Theory]
    [InlineData("0")]
    [InlineData("0%")]
    [InlineData("101%")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("%")]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("99999999999")]
    public void Anything_else_is_refused_with_an_example(string text)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new BatchSize(text));
        Assert.Contains("25%", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_reads_as_it_was_written() =>
        Assert.Equal("1,25%", string.Join(',', new BatchSize(1), new BatchSize("25%")));
}
