namespace Asterisell.Engine.Operations;

/// <summary>Where an operation says what it is doing on its instance. Cheap: it may be called for every chunk.</summary>
public interface IOperationProgress : IProgress<string>
{
    /// <summary>Says the step and how much of it is done.</summary>
    /// <param name="step">As the operator reads it: <c>dumping the database</c>.</param>
    /// <param name="percent">0 to 100.</param>
    void Report(string step, int percent);
}
