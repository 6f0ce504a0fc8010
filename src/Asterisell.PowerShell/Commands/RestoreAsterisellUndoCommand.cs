using System.Globalization;
using System.Management.Automation;
using Asterisell.Engine.Backup.Undo;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Restores a former state of organizations or of a rate, after the state before was saved, and has calls rated again.</summary>
[Cmdlet(VerbsData.Restore, Noun.Undo, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UndoResult))]
public sealed class RestoreAsterisellUndoCommand : ChangeCmdlet
{
    private readonly Dictionary<string, List<(UndoKind Kind, long Id)>> piped = new(StringComparer.Ordinal);

    /// <summary>Row of the former state, as <c>Get-AsterisellUndo</c> gives it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, long.MaxValue)]
    public long Id { get; set; }

    /// <summary>Of what the former state is; organizations unless told.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public UndoKind Kind { get; set; } = UndoKind.Organizations;

    /// <summary>From which day calls are rated again, local time of the instance. Without it, those that are not billed yet, or since the rate is valid.</summary>
    [Parameter]
    public DateTime? RerateFrom { get; set; }

    /// <summary>Folder for the file with the state before. Without it, <c>asterisell/undo</c> below the folder for state of your account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is changed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <inheritdoc/>
    protected override string Operation => "RestoreUndo";

    /// <inheritdoc/>
    protected override string Activity => "Restoring former states";

    /// <summary>What <c>Get-AsterisellUndo</c> gives names an instance and a former state of it.</summary>
    private protected override void Note(IReadOnlyList<AsterisellInstance> named)
    {
        foreach (AsterisellInstance instance in named)
        {
            List<(UndoKind Kind, long Id)> points = piped.TryGetValue(instance.ToString(), out List<(UndoKind Kind, long Id)>? known) ? known : piped[instance.ToString()] = [];
            if (!points.Contains((Kind, Id)))
            {
                points.Add((Kind, Id));
            }
        }
    }

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) =>
        PointsOf(instance).SelectMany(point => UndoRestore.Describe(point.Kind, point.Id, Options()));

    private protected override bool IsConfirmed(AsterisellInstance instance, string action)
    {
        try
        {
            string points = string.Join(", ", PointsOf(instance).Select(point =>
                $"{(point.Kind == UndoKind.Rate ? "the previous version of rate" : "undo point")} {point.Id.ToString(CultureInfo.InvariantCulture)}"));
            return base.IsConfirmed(instance, $"Restore {points}");
        }
        catch (AsterisellException ambiguous)
        {
            WriteFailure(ambiguous, instance);
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        IReadOnlyList<(UndoKind Kind, long Id)> points = PointsOf(instance.Definition);
        foreach ((UndoKind kind, long id) in points.SkipLast(1))
        {
            WriteObject(await new UndoRestore(instance).RestoreAsync(kind, id, Options(), progress, cancellation));
        }

        return await new UndoRestore(instance).RestoreAsync(points[^1].Kind, points[^1].Id, Options(), progress, cancellation);
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        (UndoKind kind, long id) = PointsOf(outcome.Instance)[^1];
        return new UndoResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message)
        {
            Kind = kind, Id = id,
        };
    }

    private IReadOnlyList<(UndoKind Kind, long Id)> PointsOf(AsterisellInstance instance)
    {
        IReadOnlyList<(UndoKind Kind, long Id)> points = piped.TryGetValue(instance.ToString(), out List<(UndoKind Kind, long Id)>? named) ? named : [(Kind, Id)];
        return points.Count(point => point.Kind == UndoKind.Organizations) > 1 ? throw UndoRestore.Ambiguous(instance) : points;
    }

    private UndoOptions Options() => new()
    {
        Destination = Destination is null ? null : GetUnresolvedProviderPathFromPSPath(Destination),
        DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
        RerateFrom = RerateFrom,
    };
}
