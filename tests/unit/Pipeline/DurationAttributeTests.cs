using Asterisell.PowerShell.Pipeline;

namespace Asterisell.Tests.Unit.Pipeline;

public class DurationAttributeTests
{
    [Theory]
    [InlineData("26h", 26 * 3600)]
    [InlineData("2d", 2 * 86400)]
    [InlineData("1w", 7 * 86400)]
    [InlineData("90min", 5400)]
    [InlineData("30 s", 30)]
    [InlineData("1d 12h", 36 * 3600)]
    [InlineData("1D12H", 36 * 3600)]
    [InlineData(" 1.5h ", 5400)]
    [InlineData("1.02:00:00", 26 * 3600)]
    [InlineData("02:30", 9000)]
    [InlineData("0h", 0)]
    public void ReadsWhatAnOperatorWrites(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationAttribute.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("-2d")]
    [InlineData("2 days")]
    [InlineData("1m")]
    [InlineData("2y")]
    [InlineData("1h 2h")]
    [InlineData("1h,2d")]
    [InlineData("26:00:00")]
    [InlineData("99999999d")]
    [InlineData("h")]
    public void RefusesWhatMayMeanSomethingElse(string text) => Assert.Null(DurationAttribute.TryParse(text));

    [Fact]
    public void KnowsWhatPowerShellMakesOfATextWithoutQuotes()
    {
        Assert.Equal(TimeSpan.FromDays(2), new DurationAttribute().Transform(null!, 2m));
        Assert.Equal(TimeSpan.FromSeconds(30), new DurationAttribute().Transform(null!, (short)30));
        Assert.Equal(TimeSpan.FromHours(1), new DurationAttribute().Transform(null!, TimeSpan.FromHours(1)));
        Assert.Throws<System.Management.Automation.ArgumentTransformationMetadataException>(() => new DurationAttribute().Transform(null!, 26));
        Assert.Throws<System.Management.Automation.ArgumentTransformationMetadataException>(() => new DurationAttribute().Transform(null!, -2m));
    }
}
