namespace Asterisell.Engine.Deployment.Passwords;

/// <summary>How passwords of a database are changed.</summary>
public sealed record PasswordChangeOptions
{
    /// <summary>Longest wait for the job pass that still works with the former password. When it is over, all is as before.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time for services, web applications and database to answer as before. When it is over, all is as before.</summary>
    public TimeSpan HealthLimit { get; init; } = TimeSpan.FromSeconds(60);
}
