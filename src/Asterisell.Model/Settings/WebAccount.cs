namespace Asterisell;

/// <summary>An account of HTTP basic authentication.</summary>
public sealed record WebAccount
{
    /// <summary>User.</summary>
    [Setting(SettingEffect.Update, Format = SettingFormat.WebUser, Required = true)]
    public string Name { get; init; } = string.Empty;

    /// <summary>Password.</summary>
    [Setting(SettingEffect.Update, Required = true)]
    public SecretReference? Password { get; init; }
}
