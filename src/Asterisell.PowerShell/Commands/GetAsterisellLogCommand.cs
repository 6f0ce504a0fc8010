using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Logs;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Shows the logs of the services of instances, in the order of time; <c>-Wait</c> follows them.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Log, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(LogEntry))]
public sealed class GetAsterisellLogCommand : InstanceCmdlet
{
    /// <summary>
    /// Only these: a program of supervisord, supervisord itself, asterisell, or container for what Docker keeps. The words web, database,
    /// jobs and cron stand for nginx, mysql, asterisell and crond.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LogServiceCompleter))]
    public string[] Service { get; set; } = [];

    /// <summary>Last lines of each service; 100 unless told, all of them with <c>-Since</c>.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = 100;

    /// <summary>Only what was written since. A time without a zone is the operator's own.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>Goes on with what is written from now on, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Also files that were rotated away, packed ones too; with <c>-Since</c> those that were written to since.</summary>
    [Parameter]
    public SwitchParameter IncludeRotated { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Reading logs";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var reader = new LogReader(instance);
        if (Wait)
        {
            await foreach (LogEntry entry in reader.FollowAsync(Query(), cancellation))
            {
                WriteObject(entry);
            }

            return;
        }

        WriteObject(await reader.ReadAsync(Query(), cancellation), enumerateCollection: true);
        foreach (UnreadLog unread in reader.Unread)
        {
            WriteWarning($"{instance.Definition}: {unread.Path} was not read, because the container has no {unread.Tool}.");
        }
    }

    /// <summary>Following ends by itself nowhere, so none may wait for another.</summary>
    private protected override IReadOnlyList<AsterisellInstance> Admit(IReadOnlyList<AsterisellInstance> chosen)
    {
        if (Wait)
        {
            ThrottleLimit = Math.Max(chosen.Count, 1);
        }

        return chosen;
    }

    private LogQuery Query()
    {
        bool since = MyInvocation.BoundParameters.ContainsKey(nameof(Since));
        return new LogQuery
        {
            Services = [.. Service.Select(LogServices.Resolve)],
            IncludeRotated = IncludeRotated,
            Tail = since && !MyInvocation.BoundParameters.ContainsKey(nameof(Tail)) ? null : Tail,
            Since = since ? Since : null,
        };
    }
}
