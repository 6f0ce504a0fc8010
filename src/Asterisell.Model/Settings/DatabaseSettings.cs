namespace Asterisell;

/// <summary>Database, users and passwords.</summary>
public sealed record DatabaseSettings
{
    /// <summary>Database.</summary>
    /// <remarks>An installed instance is always asked for its own: <c>config/databases.yml</c> in it decides, not this setting.</remarks>
    [Setting(
        SettingEffect.Install, Legacy = "database_name", Format = SettingFormat.DatabaseName,
        DefaultText = "name of the instance, `_` in place of `-` and `.`")]
    public string Name { get; init; } = string.Empty;

    /// <summary>User of the admin application. The customer application's user is <c>usr_</c> followed by it.</summary>
    [Setting(
        SettingEffect.Install, Legacy = "database_username", Format = SettingFormat.DatabaseName,
        DefaultText = "name of the instance, `_` in place of `-` and `.`")]
    public string User { get; init; } = string.Empty;

    /// <summary>Password of the admin application's user, and of MariaDB's root.</summary>
    /// <remarks>
    /// An installed instance gets a changed one by <c>Set-AsterisellDatabasePassword</c>. The old tool wrote it into the application while
    /// MariaDB kept the former one, which locked it out.
    /// </remarks>
    [Setting(SettingEffect.Install, Legacy = "database_password")]
    public SecretReference? Password { get; init; }

    /// <summary>Password of the customer application's user.</summary>
    /// <remarks>An installed instance gets a changed one by <c>Set-AsterisellDatabasePassword</c>.</remarks>
    [Setting(SettingEffect.Install, Legacy = "user_database_password")]
    public SecretReference? CustomerPassword { get; init; }
}
