using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>A real instance, and how many bytes each program in it has brought.</summary>
internal sealed class CountingInstance(IInstance instance) : IInstance, IInstanceExec
{
    private readonly Dictionary<string, long> _bytes = [];

    public AsterisellInstance Definition => instance.Definition;

    public IDockerEngine Docker => instance.Docker;

    public IInstanceExec Exec => this;

    public IInstanceFiles Files => instance.Files;

    public IInstanceDatabase Database => instance.Database;

    public IInstanceServices Services => instance.Services;

    public IApplication Application => instance.Application;

    public StatusCollector Status => instance.Status;

    public ProblemLog Problems => instance.Problems;

    public JobLog Jobs => instance.Jobs;

    /// <summary>Bytes of one program's output; null where it did not run.</summary>
    public long? BytesOf(string program)
    {
        lock (_bytes)
        {
            return _bytes.TryGetValue(program, out long bytes) ? bytes : null;
        }
    }

    public Task<ContainerDetail> InspectAsync(CancellationToken cancellation) => instance.InspectAsync(cancellation);

    public Task<CommandOutcome> RunAsync(InstanceCommand command, CancellationToken cancellation) => instance.Exec.RunAsync(command, cancellation);

    public Task<int> StreamAsync(InstanceCommand command, Func<OutputChunk, CancellationToken, ValueTask> onOutput, CancellationToken cancellation) =>
        instance.Exec.StreamAsync(command, onOutput, cancellation);

    public async Task<IExecProcess> StartAsync(InstanceCommand command, CancellationToken cancellation) =>
        new CountingProcess(await instance.Exec.StartAsync(command, cancellation), bytes => Count(command.Arguments[0], bytes));

    private void Count(string program, long bytes)
    {
        lock (_bytes)
        {
            _bytes[program] = _bytes.GetValueOrDefault(program) + bytes;
        }
    }

    private sealed class CountingProcess(IExecProcess process, Action<long> count) : IExecProcess
    {
        public Stream Input => process.Input;

        public Task CompleteInputAsync(CancellationToken cancellation) => process.CompleteInputAsync(cancellation);

        public async IAsyncEnumerable<OutputChunk> ReadOutputAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            count(0);
            await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation))
            {
                count(chunk.Data.Length);
                yield return chunk;
            }
        }

        public void WaitInPlace() => process.WaitInPlace();

        public Task<int> GetExitCodeAsync(CancellationToken cancellation) => process.GetExitCodeAsync(cancellation);

        public Task ResizeAsync(TerminalSize size, CancellationToken cancellation) => process.ResizeAsync(size, cancellation);

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
