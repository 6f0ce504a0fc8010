namespace Asterisell.Engine.Instances;

/// <summary>The clock by which PHP writes in one instance; read whenever it is wanted, for an update can change it.</summary>
internal sealed class PhpClock(IInstanceExec exec, AsterisellInstance instance)
{
    /// <summary>The clock.</summary>
    /// <exception cref="AsterisellException"><c>TimeZoneUnknown</c>: times of the instance would be wrong by hours.</exception>
    public async Task<InstanceClock> ReadAsync(CancellationToken cancellation)
    {
        CommandOutcome outcome = await exec.RunAsync(Bash.Command(ProbeScripts.Prelude + ProbeScripts.TimeZone), cancellation).ConfigureAwait(false);
        return Parse(ProbeAnswer.Parse(outcome.Output.Span, outcome.ErrorText).Find("timezone") ?? "");
    }

    /// <summary>The clock of what <see cref="ProbeScripts.TimeZone"/> said.</summary>
    public InstanceClock Parse(string lines)
    {
        try
        {
            return InstanceClock.FromPhp(lines);
        }
        catch (Exception failure) when (failure is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw InstanceErrors.TimeZoneUnknown(instance, failure.Message);
        }
    }
}
