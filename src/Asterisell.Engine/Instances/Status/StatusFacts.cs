using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>What a status was read from, and the list of what could not be read of it.</summary>
internal sealed class StatusFacts(AsterisellInstance instance, ProbeResult probe, DateTimeOffset asked, DateTimeOffset answered)
{
    private readonly List<UnreadPart> _unread = [];

    /// <summary>The instance as the inventory has it.</summary>
    public AsterisellInstance Instance { get; } = instance;

    /// <summary>What the script said.</summary>
    public ProbeAnswer Answer { get; } = probe.Answer;

    /// <summary>Our clock before the question.</summary>
    public DateTimeOffset Asked { get; } = asked;

    /// <summary>Our clock after the answer.</summary>
    public DateTimeOffset Answered { get; } = answered;

    /// <summary>PHP's clock; null where its time zone is unknown, and then so are the times that PHP wrote.</summary>
    public InstanceClock? PhpClock { get; set; }

    /// <summary>The container's clock, UTC; ours where it did not say.</summary>
    public DateTimeOffset Now { get; set; } = asked;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<UnreadPart> Unread => _unread;

    /// <summary>Notes that a part could not be read.</summary>
    public void Miss(string part, string errorId, string reason) => _unread.Add(new UnreadPart(part, errorId, reason));

    /// <summary>Notes that a part could not be read.</summary>
    public void Miss(string part, AsterisellException failure) => Miss(part, failure.ErrorId, failure.Reason);

    /// <summary>The value of a key, or a note that the script did not come so far.</summary>
    public string? Said(string part, string key)
    {
        string? value = Answer.Find(key);
        if (value is null)
        {
            Miss(part, "AnswerIncomplete", probe.ExitCode is null
                ? "The instance did not answer in time."
                : $"The instance did not say: {InstanceErrors.OneLine(Answer.Error)}");
        }

        return value;
    }

    /// <summary>Rows of a statement; null, and a note, where it failed.</summary>
    public IReadOnlyList<SqlRow>? Rows(string part, string query)
    {
        if (!probe.Rows.TryGetValue(query, out SqlAnswer? answer))
        {
            return null;
        }

        if (answer.Failure is not null)
        {
            Miss(part, answer.Failure);
            return null;
        }

        return answer.Rows;
    }

    /// <summary>The first row of a statement; null, and a note, where it failed; null where it gave none.</summary>
    public SqlRow? Row(string part, string query) => Rows(part, query) is [var row, ..] ? row : null;

    /// <summary>Why a statement failed; null where it did not.</summary>
    public AsterisellException? Failure(string query) => probe.Rows[query].Failure;

    /// <summary>Reads a part; a value that is not what it should be is noted.</summary>
    public T? Part<T>(string part, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            Miss(part, "AnswerNotUnderstood", $"The instance gave something that is no value: {failure.Message}");
            return default;
        }
    }

    /// <summary>UTC of a time that PHP wrote; null for none, and where PHP's time zone is unknown.</summary>
    public DateTimeOffset? Utc(DateTime? written) => written is { } time ? PhpClock?.ToUtc(time) : null;

    /// <summary>A number with a dot for its decimals.</summary>
    public static decimal ParseNumber(string text) => decimal.Parse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>UTC of seconds since 1970, with decimals or without.</summary>
    public static DateTimeOffset ParseTime(string seconds) => DateTimeOffset.UnixEpoch.AddSeconds((double)ParseNumber(seconds));

    /// <summary>A whole number that is not negative.</summary>
    public static long ParseWhole(string text) => long.Parse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
