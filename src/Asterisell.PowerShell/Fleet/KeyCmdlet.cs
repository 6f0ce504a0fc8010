using System.Management.Automation;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Operations;

namespace Asterisell.PowerShell.Fleet;

/// <summary>A cmdlet that changes which keys may log in by SSH.</summary>
public abstract class KeyCmdlet : ChangeCmdlet
{
    private protected KeyCmdlet()
    {
    }

    /// <summary>Files with public keys on this machine, usually ending in <c>.pub</c>; wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Public keys as text: <c>ssh-ed25519 AAAA… name</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? PublicKey { get; set; }

    /// <inheritdoc/>
    protected sealed override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new SshAccessResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message);
    }

    /// <summary>The keys of both parameters; an error where one is none.</summary>
    private protected IReadOnlyList<PublicKey> ReadKeys()
    {
        IEnumerable<string> files = (Path ?? []).SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _));
        return
        [
            .. files.SelectMany(PublicKeyText.ReadFile),
            .. (PublicKey ?? []).SelectMany(text => PublicKeyText.Parse(text, "-PublicKey")),
        ];
    }
}
