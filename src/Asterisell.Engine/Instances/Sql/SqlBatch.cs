using System.Globalization;
using System.Text;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Several SELECTs that the client runs in one go. Each is one line of its input, so that an error, which names a line, finds its
/// statement; after each comes a line that ends its rows.
/// </summary>
internal sealed class SqlBatch
{
    private const int PrologueLines = 2;

    private readonly List<(string Key, SqlStatement Statement)> _statements = [];

    /// <summary>Longest run of one statement.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Adds a SELECT.</summary>
    public SqlBatch Add(string key, string sql, IReadOnlyDictionary<string, object?>? values = null)
    {
        var statement = SqlStatement.Prepare(sql, values);
        if (statement.Columns is null)
        {
            throw new ArgumentException("Only SELECTs can be asked together.", nameof(sql));
        }

        _statements.Add((key, statement));
        return this;
    }

    /// <summary>For the client's standard input.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append("SET SESSION net_write_timeout=600;\n");

        // Read by MariaDB alone: Percona's and MySQL's servers have no such limit.
        text.Append(CultureInfo.InvariantCulture, $"/*M!100101 SET SESSION max_statement_time={(int)Limit.TotalSeconds} */;\n");
        for (int i = 0; i < _statements.Count; i++)
        {
            text.Append(_statements[i].Statement.Text).Append(";\n");
            text.Append(CultureInfo.InvariantCulture, $"SELECT {i} AS asterisell_end;\n");
        }

        return text.ToString();
    }

    /// <summary>The answers, as far as they came.</summary>
    /// <param name="instance">For messages.</param>
    /// <param name="rows">What the client wrote; null where it was never started or its output broke off.</param>
    /// <param name="error">What it wrote to standard error.</param>
    public IReadOnlyDictionary<string, SqlAnswer> Read(AsterisellInstance instance, string? rows, string error)
    {
        IReadOnlyList<ClientError> errors = ClientError.Find(error);
        AsterisellException? connection = errors.FirstOrDefault(e => e.Line == 0) is { } first ? DatabaseErrors.From(instance, first) : null;
        Dictionary<int, List<string>> found = Split(rows ?? "");
        var answers = new Dictionary<string, SqlAnswer>(StringComparer.Ordinal);
        for (int i = 0; i < _statements.Count; i++)
        {
            int line = PrologueLines + 1 + (2 * i);
            ClientError? own = errors.FirstOrDefault(e => e.Line == line);
            answers[_statements[i].Key] = own is not null ? SqlAnswer.Failed(DatabaseErrors.From(instance, own))
                : found.TryGetValue(i, out List<string>? lines) ? Parse(instance, lines, _statements[i].Statement.Columns!)
                : SqlAnswer.Failed(connection ?? LastError(instance, errors));
        }

        return answers;
    }

    private static DatabaseException LastError(AsterisellInstance instance, IReadOnlyList<ClientError> errors) => errors.Count > 0
        ? DatabaseErrors.From(instance, errors[^1])
        : DatabaseErrors.DatabaseConnectionLost(instance, 0, "the client ended before its answer");

    private static Dictionary<int, List<string>> Split(string rows)
    {
        var found = new Dictionary<int, List<string>>();
        var lines = new List<string>();

        // What stands behind the last newline was cut: a 1 there may be the beginning of 17.
        foreach (string line in rows.Split('\n')[..^1])
        {
            if (line.Contains('\t', StringComparison.Ordinal))
            {
                lines.Add(line);
            }
            else if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                found[index] = lines;
                lines = [];
            }
        }

        return found;
    }

    private static SqlAnswer Parse(AsterisellInstance instance, List<string> lines, IReadOnlyList<string> columns)
    {
        try
        {
            return new SqlAnswer([.. lines.Select(line => BatchRow.Parse(ByteText.Encode(line), columns))], null);
        }
        catch (FormatException failure)
        {
            return SqlAnswer.Failed(InstanceErrors.AnswerNotUnderstood(instance, "the MariaDB client", failure.Message));
        }
    }
}

/// <summary>What one statement of a batch gave.</summary>
/// <param name="Rows">Its rows; empty when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
internal sealed record SqlAnswer(IReadOnlyList<SqlRow> Rows, AsterisellException? Failure)
{
    public static SqlAnswer Failed(AsterisellException failure) => new([], failure);
}
