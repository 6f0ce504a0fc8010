using System.Text.Json.Serialization;

namespace Asterisell.Engine.Operations.Audit;

/// <summary>A line of the audit trail. None of it is a secret: no parameter of a command stands here.</summary>
internal sealed record AuditLine
{
    /// <summary>UTC, by the clock of this machine.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What it tells.</summary>
    public required AuditEvent Event { get; init; }

    /// <summary>The change; its lines have it in common.</summary>
    public required string Change { get; init; }

    /// <summary>Account.</summary>
    public required string Owner { get; init; }

    /// <summary>Machine of the operator.</summary>
    public required string Machine { get; init; }

    /// <summary>Process there.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Docker host.</summary>
    public required string HostName { get; init; }

    /// <summary>Instance.</summary>
    public required string Name { get; init; }

    /// <summary>Cmdlet, and what it does where that differs from call to call.</summary>
    public required string Command { get; init; }

    /// <summary>How it ended: Succeeded, Unchanged, Failed, Stopped.</summary>
    public string? Result { get; init; }

    /// <summary>Id of the error.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What was done, why it failed, or from whom a lease was taken over.</summary>
    public string? Message { get; init; }

    /// <summary>Seconds from begin to end.</summary>
    public double? Seconds { get; init; }
}

/// <summary>Lines of the audit trail as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AuditJson : JsonSerializerContext;
