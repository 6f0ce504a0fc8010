namespace Asterisell;

/// <summary>Problems that an instance reports about itself, counted from <c>ar_new_problem</c>.</summary>
/// <param name="Critical">Type 40: the instance does not do its work.</param>
/// <param name="Error">Type 30.</param>
/// <param name="Warning">Type 20.</param>
/// <param name="Info">Type 10.</param>
/// <param name="AffectedCalls">Call records concerned, all severities together.</param>
public sealed record ProblemStatus(int Critical, int Error, int Warning, int Info, long AffectedCalls);
