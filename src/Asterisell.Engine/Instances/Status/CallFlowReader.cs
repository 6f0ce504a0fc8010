namespace Asterisell.Engine.Instances;

/// <summary>The call records' part of a status.</summary>
internal static class CallFlowReader
{
    /// <summary>From the second failed attempt on, the application rates no more until somebody asks it to.</summary>
    private const int ToleratedFailures = 1;

    public static CallFlowStatus? Read(StatusFacts facts)
    {
        SqlRow? imported = One(facts, nameof(CallFlowStatus.LastImportedCall), StatusQueries.LastImported);
        SqlRow? rated = One(facts, nameof(CallFlowStatus.LastRatedCall), StatusQueries.LastRated);
        SqlRow? unrated = One(facts, nameof(CallFlowStatus.UnratedCalls), StatusQueries.Unrated);
        SqlRow? files = One(facts, nameof(CallFlowStatus.LastFileAt), StatusQueries.Files);
        SqlRow? parameters = One(facts, nameof(CallFlowStatus.RatingBlocked), StatusQueries.Params);
        return new CallFlowStatus
        {
            WaitingFiles = facts.Said($"{nameof(InstanceStatus.Calls)}.{nameof(CallFlowStatus.WaitingFiles)}", "input-files") is { } count
                ? (int)StatusFacts.ParseWhole(count)
                : null,
            OldestWaitingFile = facts.Answer.Find("input-oldest") is { Length: > 0 } seconds
                ? facts.Now - DateTimeOffset.FromUnixTimeSeconds(StatusFacts.ParseWhole(seconds))
                : null,
            LastFileAt = facts.Utc(files?.Time("last")),
            FilesWithErrors = files is null ? null : (long)(files.Number("bad") ?? 0),
            LastImportedCall = facts.Utc(imported?.Time("at")),
            LastRatedCall = facts.Utc(rated?.Time("at")),
            UnratedCalls = unrated is null ? null : (long)(unrated.Number("calls") ?? 0),
            RatingBlocked = parameters is null ? null : parameters.Whole("failures") > ToleratedFailures,
            RerateScheduled = parameters is null ? null : parameters.Whole("official") is > 0 || parameters["specific_from"] is not null,
        };
    }

    private static SqlRow? One(StatusFacts facts, string property, string query) =>
        facts.Row($"{nameof(InstanceStatus.Calls)}.{property}", query);
}
