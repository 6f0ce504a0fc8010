using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Takes the access by SSH away from keys, wherever they stand and whatever their comment says.</summary>
[Cmdlet(VerbsSecurity.Revoke, Noun.SshAccess, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(SshAccessResult))]
public sealed class RevokeAsterisellSshAccessCommand : KeyCmdlet
{
    private readonly Dictionary<string, HashSet<string>> piped = [];
    private string[] everywhere = [];

    /// <summary>
    /// Fingerprints of the keys, as <c>Get-AsterisellSshAccess</c> shows them: <c>SHA256:…</c>. By the pipeline, each instance loses those
    /// named with it.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Fingerprint { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "RevokeSshAccess";

    /// <inheritdoc/>
    protected override string Activity => "Revoking access";

    private protected override void CheckParameters() =>
        everywhere = [.. (Fingerprint ?? []).Select(PublicKeyText.CheckFingerprint), .. ReadKeys().Select(key => key.Fingerprint)];

    /// <summary>What <c>Get-AsterisellSshAccess</c> gives names an instance and a key of it.</summary>
    private protected override void Note(IReadOnlyList<AsterisellInstance> named)
    {
        string[] unwanted = [.. (Fingerprint ?? []).Select(PublicKeyText.CheckFingerprint)];
        foreach (AsterisellInstance instance in named)
        {
            (piped.TryGetValue(instance.ToString(), out HashSet<string>? keys) ? keys : piped[instance.ToString()] = []).UnionWith(unwanted);
        }
    }

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) => [ActionIn(instance)];

    private protected override bool IsConfirmed(AsterisellInstance instance, string action) => base.IsConfirmed(instance, ActionIn(instance));

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new SshKeys(instance).RevokeAsync(UnwantedIn(instance.Definition), cancellation);

    private string ActionIn(AsterisellInstance instance) => $"No longer let log in by SSH: {string.Join(", ", UnwantedIn(instance))}";

    private string[] UnwantedIn(AsterisellInstance instance)
    {
        string[] unwanted = [.. everywhere.Concat(piped.GetValueOrDefault(instance.ToString()) ?? []).Distinct(StringComparer.Ordinal)];
        return unwanted.Length > 0 ? unwanted : throw CommandErrors.KeyMissing(VerbsSecurity.Revoke);
    }
}
