namespace Asterisell;

/// <summary>The two web applications.</summary>
/// <param name="Admin">Application for administrators.</param>
/// <param name="Customer">Application for customers.</param>
public sealed record WebStatus(WebAnswer Admin, WebAnswer Customer);

/// <summary>How one web application answered a request from inside the container.</summary>
public sealed record WebAnswer
{
    /// <summary>True when the application itself answered: its page, its login, or its refusal; false for an error of nginx or PHP.</summary>
    public required bool Answers { get; init; }

    /// <summary>HTTP status; null when nothing answered. A closed customer application answers 200 with a notice.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>True when the page is the maintenance notice.</summary>
    public bool ShowsMaintenance { get; init; }

    /// <summary>What is wrong, or kept the answer from being judged; null when all is well.</summary>
    public string? Remark { get; init; }
}
