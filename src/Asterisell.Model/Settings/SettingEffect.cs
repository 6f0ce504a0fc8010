namespace Asterisell;

/// <summary>What has to be done with an existing instance before a changed setting is felt.</summary>
public enum SettingEffect
{
    /// <summary>Nothing: it is read anew by every command.</summary>
    None,

    /// <summary>An update of the configuration.</summary>
    Update,

    /// <summary>A restart of the container.</summary>
    Restart,

    /// <summary>A new container; the data is kept in its volumes.</summary>
    NewContainer,

    /// <summary>A new installation; an installed instance keeps what it has.</summary>
    Install,
}
