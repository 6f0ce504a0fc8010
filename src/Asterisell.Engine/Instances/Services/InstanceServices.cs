namespace Asterisell.Engine.Instances;

/// <summary>Services read from <c>/proc</c>: the original's supervisord has no control socket.</summary>
internal sealed class InstanceServices(IInstanceExec exec, AsterisellInstance instance) : IInstanceServices
{
    private const string Script =
        ProbeScripts.Prelude + ProbeScripts.Processes + ProbeScripts.Supervisor + "processes\nsupervisor\n" + ProbeScripts.End;

    public async Task<IReadOnlyList<ServiceStatus>> ListAsync(CancellationToken cancellation)
    {
        CommandOutcome outcome = await exec.RunAsync(Bash.Command(Script), cancellation).ConfigureAwait(false);
        var answer = ProbeAnswer.Parse(outcome.Output.Span, outcome.ErrorText);
        if (!answer.IsComplete)
        {
            throw InstanceErrors.ScriptFailed(instance, "reading the services", outcome.ExitCode, outcome.ErrorText);
        }

        return ServiceMatcher.Read(answer) ?? throw InstanceErrors.SupervisorNotFound(instance);
    }
}
