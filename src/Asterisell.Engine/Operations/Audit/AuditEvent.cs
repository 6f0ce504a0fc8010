namespace Asterisell.Engine.Operations.Audit;

/// <summary>What a line of the audit trail tells.</summary>
internal enum AuditEvent
{
    /// <summary>A change begins. Without its end, it was killed.</summary>
    Begin,

    /// <summary>A change has ended, one way or another.</summary>
    End,

    /// <summary>A lease that somebody left behind was taken over.</summary>
    TakeOver,
}
