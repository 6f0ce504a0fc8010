namespace Asterisell;

/// <summary>Something an instance reported about itself.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Domain">What it is about: <c>Rates</c>, <c>Configurations</c>, <c>Application Code</c>…</param>
/// <param name="FirstSeen">UTC; null where the row has no time.</param>
/// <param name="AffectedCalls">Call detail records concerned; 0 where the problem is about no call.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="Effect">What follows from it.</param>
/// <param name="Remedy">What the application proposes.</param>
/// <param name="Responsible">Who is to act: <c>Administrator</c> or <c>Application Assistance</c>.</param>
/// <param name="Id">The application's key of the problem: the same for the same cause.</param>
public sealed record InstanceProblem(
    string Name, string HostName, ProblemSeverity Severity, string Domain, DateTimeOffset? FirstSeen, long AffectedCalls,
    string Description, string Effect, string Remedy, string Responsible, string Id) : IInstanceObject;
