using System.Globalization;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// One connection to the database that stays open, so that a transaction can be held and many questions cost one exec. Questions and
/// answers in turn; the first error ends it.
/// </summary>
internal sealed class ClientSession : IAsyncDisposable
{
    private readonly IExecProcess _process;
    private readonly ExecOutput _output;
    private readonly AsterisellInstance _instance;
    private readonly DelimitedBytes _lines = new((byte)'\n');
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _asked;

    private ClientSession(IExecProcess process, AsterisellInstance instance, CancellationToken cancellation)
    {
        _process = process;
        _instance = instance;
        _output = new ExecOutput(process, cancellation);
    }

    /// <summary>Arguments that make a client connect as the server's root with the application's own password, as the installation sets both.</summary>
    public static IReadOnlyList<string> AsRoot { get; } = ["--user=root"];

    /// <summary>Arguments that make a client connect as the application does.</summary>
    public static IReadOnlyList<string> AsApplication { get; } = [];

    /// <summary>Starts a session; whether the database answers shows with the first question.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="clients">Starts it.</param>
    /// <param name="user"><see cref="AsRoot"/> or <see cref="AsApplication"/>.</param>
    /// <param name="cancellation">Ends the client, also in the middle of a question.</param>
    public static async Task<ClientSession> StartAsync(
        IInstance instance, IDatabaseClients clients, IReadOnlyList<string> user, CancellationToken cancellation)
    {
        string[] arguments = [.. user, "--batch", "--skip-column-names", "--unbuffered", "--connect-timeout=10"];
        IExecProcess process = await clients
            .StartAsync("mysql", arguments, attachInput: true, ClientOutput.Plain, cancellation).ConfigureAwait(false);
        return new ClientSession(process, instance.Definition, cancellation);
    }

    /// <summary>Asks one statement.</summary>
    /// <returns>Its rows; NULL comes as the text <c>NULL</c>, so ask for IFNULL where that matters.</returns>
    /// <exception cref="AsterisellException">What the client or the server says.</exception>
    public async Task<IReadOnlyList<string[]>> AskAsync(string sql, CancellationToken cancellation)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"asterisell-end-{++_asked}");
        await SendAsync($"{sql}\n;\nSELECT '{end}';\n", cancellation).ConfigureAwait(false);
        List<string[]> rows = [];
        while (true)
        {
            while (_lines.TryTake(out ReadOnlyMemory<byte>? line))
            {
                string text = ByteText.Decode(line.Value.Span);
                if (text == end)
                {
                    return rows;
                }

                rows.Add([.. text.Split('\t').Select(Unescape)]);
            }

            int read = await _output.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                throw await WhyEndedAsync(cancellation).ConfigureAwait(false);
            }

            _lines.Add(_buffer.AsSpan(0, read));
        }
    }

    /// <summary>Asks for one number.</summary>
    public async Task<long> AskNumberAsync(string sql, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> rows = await AskAsync(sql, cancellation).ConfigureAwait(false);
        return rows is [[var number]] && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw InstanceErrors.AnswerNotUnderstood(_instance, "the MariaDB client", "a count is not a number");
    }

    /// <summary>An identifier in backticks.</summary>
    public static string Name(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Its end of input is its end: the transaction goes with the connection, and nothing has to be killed.
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            await _process.CompleteInputAsync(limit.Token).ConfigureAwait(false);
            while (!_output.HasEnded && await _output.ReadAsync(_buffer, limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or AsterisellException or ObjectDisposedException)
        {
            // Busy or gone; disposing the process ends what is left of it.
        }

        await _process.DisposeAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(string text, CancellationToken cancellation)
    {
        try
        {
            await _process.Input.WriteAsync(ByteText.Encode(text), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or AsterisellException)
        {
            // The client has ended; its last words, which say why, are still to be read.
        }
    }

    private async Task<AsterisellException> WhyEndedAsync(CancellationToken cancellation)
    {
        int exitCode = await _process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
        return ClientError.Find(_output.Error) is [var first, ..]
            ? DatabaseErrors.From(_instance, first)
            : DatabaseErrors.DatabaseFailed(_instance, 0, string.Create(
                CultureInfo.InvariantCulture, $"the client ended with code {exitCode}: {InstanceErrors.OneLine(_output.Error)}"));
    }

    private static string Unescape(string cell)
    {
        if (!cell.Contains('\\'))
        {
            return cell;
        }

        System.Text.StringBuilder text = new();
        for (int i = 0; i < cell.Length; i++)
        {
            bool escaped = cell[i] == '\\' && i + 1 < cell.Length;
            text.Append(escaped ? cell[++i] switch { 'n' => '\n', 't' => '\t', '0' => '\0', var other => other } : cell[i]);
        }

        return text.ToString();
    }
}
