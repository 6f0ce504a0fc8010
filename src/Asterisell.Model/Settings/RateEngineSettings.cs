namespace Asterisell;

/// <summary>The program that rates calls: compiled in the instance from the checkout when its sources change, or brought along.</summary>
public sealed record RateEngineSettings
{
    /// <summary>Program and arguments that compile it, run in the folder of its sources in the instance, while customers and jobs go on.</summary>
    /// <remarks>Before <c>stack</c> builds, <c>stack setup</c> is run, as the old tool did.</remarks>
    [Setting(SettingEffect.Update)]
    public IReadOnlyList<string> Build { get; init; } = ["stack", "build"];

    /// <summary>Where the command leaves the program, below the sources' folder. Without it <c>bin/RateEngine</c> in the folder that <c>stack path --local-install-root</c> tells.</summary>
    [Setting(SettingEffect.Update, Format = SettingFormat.SafePath)]
    public string? Output { get; init; }

    /// <summary>A program that was compiled elsewhere, for the instance's image; nothing is compiled then.</summary>
    [Setting(SettingEffect.Update, Format = SettingFormat.LocalPath)]
    public string? Program { get; init; }
}
