namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// What an instance's settings only refer to: passwords, certificates, files of the operator. It is read beforehand, so that rendering is
/// a function of its arguments alone.
/// </summary>
internal sealed record ConfigurationMaterial
{
    /// <summary>Password of the admin application's database user; null where the inventory names none.</summary>
    public Secret? DatabasePassword { get; init; }

    /// <summary>Password of the customer application's database user; null where the inventory names none.</summary>
    public Secret? CustomerPassword { get; init; }

    /// <summary>Every other secret of the settings.</summary>
    public IReadOnlyDictionary<SecretReference, Secret> Secrets { get; init; } = new Dictionary<SecretReference, Secret>();

    /// <summary>Certificate, with those between it and its root (PEM); null where there is none.</summary>
    public ReadOnlyMemory<byte>? Certificate { get; init; }

    /// <summary>Private key of the certificate (PEM).</summary>
    public ReadOnlyMemory<byte>? CertificateKey { get; init; }

    /// <summary>Upgrade jobs that come with the release which the application is, or is going to be.</summary>
    public IReadOnlyList<string> ReleaseUpgradeJobs { get; init; } = [];

    /// <summary>Content of the operator's own files by their path below the folder <c>customizations</c>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> CustomFiles { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The value of a secret, empty where the settings refer to none.</summary>
    public string Reveal(SecretReference? reference) => reference is null ? "" : Secrets[reference].Reveal();
}
