namespace Asterisell.Engine.Operations;

/// <summary>A command that ended with another exit code than 0; it brings its result along.</summary>
public sealed class CommandFailedException : AsterisellException
{
    internal CommandFailedException(AsterisellInstance instance, CommandResult result)
        : base(nameof(OperationErrors.CommandFailed), ErrorKind.CommandFailed, instance.ToString(), result.Message)
    {
        Result = result;
    }

    /// <summary>How it ended.</summary>
    public CommandResult Result { get; }
}
