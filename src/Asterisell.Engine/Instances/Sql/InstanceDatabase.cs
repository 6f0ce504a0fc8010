using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>The database of one instance through the client program in its container; one exec a statement.</summary>
internal sealed class InstanceDatabase(IInstanceExec exec, CredentialSource credentials, AsterisellInstance instance) : IInstanceDatabase
{
    /// <summary>A reader that stops to think must not lose its connection: the server's own limit is 60 s.</summary>
    private const string Prologue = "SET SESSION net_write_timeout=3600, net_read_timeout=3600;\n";

    private const string Epilogue = "\n;\nSELECT 1 AS asterisell_end;\n";

    public async IAsyncEnumerable<SqlRow> QueryAsync(
        string sql, IReadOnlyDictionary<string, object?>? values, [EnumeratorCancellation] CancellationToken cancellation)
    {
        SqlStatement statement = SqlStatement.Prepare(sql, values);
        string[] form = statement.Columns is null ? ["--xml"] : ["--batch", "--skip-column-names"];
        var xml = new XmlRows();
        bool complete = false;
        await foreach (ReadOnlyMemory<byte> line in RunAsync(statement.Text + Epilogue, form, cancellation).ConfigureAwait(false))
        {
            SqlRow? row = null;
            try
            {
                row = statement.Columns is { } columns ? Batch(line.Span, columns, out complete) : xml.Add(line.Span);
            }
            catch (FormatException failure)
            {
                throw InstanceErrors.AnswerNotUnderstood(instance, "the MariaDB client", failure.Message);
            }

            if (row is { Columns: ["asterisell_end"] })
            {
                complete = true;
            }
            else if (row is not null)
            {
                yield return row;
            }
        }

        if (!complete)
        {
            throw DatabaseErrors.DatabaseConnectionLost(instance, 0, "the client ended before the end of the rows");
        }
    }

    public async Task<long> ExecuteAsync(string sql, IReadOnlyDictionary<string, object?>? values, CancellationToken cancellation) =>
        (await ChangeAsync([SqlStatement.Prepare(sql, values).Text], cancellation).ConfigureAwait(false))[0];

    public async Task<IReadOnlyList<long>> TransactAsync(
        IReadOnlyList<(string Sql, IReadOnlyDictionary<string, object?>? Values)> statements, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(statements);

        // The client ends at the first error, and the server rolls back what a lost connection had not committed.
        IEnumerable<string> texts = statements.Select(statement => SqlStatement.Prepare(statement.Sql, statement.Values).Text);
        List<long> changed = await ChangeAsync(["START TRANSACTION", .. texts, "COMMIT"], cancellation).ConfigureAwait(false);
        return changed.GetRange(1, statements.Count);
    }

    /// <summary>Runs statements and gives for each the number of rows that it changed.</summary>
    private async Task<List<long>> ChangeAsync(IReadOnlyList<string> statements, CancellationToken cancellation)
    {
        string text = string.Concat(statements.Select(statement => statement + "\n;\nSELECT ROW_COUNT() AS changed;\n"));
        var changed = new List<long>();
        await foreach (ReadOnlyMemory<byte> line in RunAsync(text, ["--batch", "--skip-column-names"], cancellation).ConfigureAwait(false))
        {
            if (line.Length < 32 && long.TryParse(ByteText.Decode(line.Span), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long rows))
            {
                changed.Add(Math.Max(rows, 0));
            }
        }

        return changed.Count == statements.Count
            ? changed
            : throw DatabaseErrors.DatabaseConnectionLost(instance, 0, "the client ended before it told the result");
    }

    public async Task<DatabaseIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        DatabaseCredentials admin = await credentials.GetAsync(cancellation).ConfigureAwait(false);
        string customer = await credentials.GetCustomerUserAsync(cancellation).ConfigureAwait(false);
        return new DatabaseIdentity(admin.Database, admin.User, customer);
    }

    public async Task<IExecProcess> StartClientAsync(
        string program, IReadOnlyList<string> arguments, bool attachInput, ClientOutput output, CancellationToken cancellation)
    {
        IDatabaseClients clients = await PrepareClientsAsync(cancellation).ConfigureAwait(false);
        return await clients.StartAsync(program, arguments, attachInput, output, cancellation).ConfigureAwait(false);
    }

    public async Task<IDatabaseClients> PrepareClientsAsync(CancellationToken cancellation) =>
        new DatabaseClients(exec, await credentials.GetAsync(cancellation).ConfigureAwait(false));

    /// <summary>Lines of the client's output; its failure is thrown at their end.</summary>
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> RunAsync(
        string text, string[] form, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (string first, string second) = ClientScript.Names("mysql");
        InstanceCommand command = Bash.Command(
            ClientScript.SayingCredentials,
            [instance.AdminDirectory, ClientScript.Through(ClientOutput.Plain), first, second, .. form, "--quick", "--unbuffered",
                "--local-infile=0", "--max-allowed-packet=1073741824", "--connect-timeout=10"]) with { AttachInput = true };
        IExecProcess process = await exec.StartAsync(command, cancellation).ConfigureAwait(false);
        var feed = new LateFeed();
        await using (feed.ConfigureAwait(false))
        {
            await using (process.ConfigureAwait(false))
            {
                var head = new DelimitedBytes(0);
                var cut = new DelimitedBytes((byte)'\n');
                var error = new TailText();
                string? key = null;
                bool fed = false;
                await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation).ConfigureAwait(false))
                {
                    if (chunk.Source == OutputSource.Error)
                    {
                        error.Add(chunk.Data.Span);
                    }
                    else if (fed)
                    {
                        cut.Add(chunk.Data.Span);
                    }
                    else
                    {
                        head.Add(chunk.Data.Span);
                        if (TryTakePair(head, ref key, out string value))
                        {
                            feed.Start(process, Answer(key!, value, text), cancellation);
                            fed = true;
                            cut.Add(head.Rest.Span);
                        }
                    }

                    while (cut.TryTake(out ReadOnlyMemory<byte>? line))
                    {
                        yield return line.Value;
                    }
                }

                ThrowIfFailed(await process.GetExitCodeAsync(cancellation).ConfigureAwait(false), error.ToString());
            }
        }
    }

    /// <summary>What the script wants when it has said <c>databases.yml</c>: an option file, then the statements.</summary>
    private MemoryStream Answer(string key, string value, string text) => key == "credentials"
        ? new MemoryStream([.. Bash.Fields(credentials.Parse(value).ToOptionFile()), .. Encoding.UTF8.GetBytes(Prologue + text)])
        : throw DatabaseErrors.CredentialsNotFound(instance, value);

    private static bool TryTakePair(DelimitedBytes head, ref string? key, out string value)
    {
        value = "";
        if (key is null && head.TryTake(out ReadOnlyMemory<byte>? name))
        {
            key = ByteText.Decode(name.Value.Span);
        }

        if (key is not null && head.TryTake(out ReadOnlyMemory<byte>? rest))
        {
            value = ByteText.Decode(rest.Value.Span);
            return true;
        }

        return false;
    }

    private void ThrowIfFailed(int exitCode, string error)
    {
        if (exitCode == 0)
        {
            return;
        }

        if (exitCode == ClientScript.NoProgram)
        {
            throw DatabaseErrors.ClientProgramNotFound(instance, "mysql");
        }

        throw ClientError.Find(error) is [var first, ..]
            ? DatabaseErrors.From(instance, first)
            : DatabaseErrors.DatabaseFailed(instance, 0, $"the client ended with code {exitCode}: {InstanceErrors.OneLine(error)}");
    }

    /// <summary>The row of a line; a line without a tab is the end.</summary>
    private static SqlRow? Batch(ReadOnlySpan<byte> line, IReadOnlyList<string> columns, out bool complete)
    {
        complete = !line.Contains((byte)'\t');
        return complete ? null : BatchRow.Parse(line, columns);
    }
}
