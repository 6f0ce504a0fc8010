using System.Management.Automation;
using System.Management.Automation.Host;
using Asterisell.Engine.Deployment.Removal;

namespace Asterisell.PowerShell.Fleet;

/// <summary>Lets the operator type the name of an instance, so that nothing is removed by a hasty <c>Y</c>.</summary>
internal static class NamePrompt
{
    /// <summary>True when the name was typed as it is.</summary>
    /// <exception cref="AsterisellException"><c>ConfirmationImpossible</c> where nobody can be asked.</exception>
    /// <exception cref="PipelineStoppedException">Ctrl+C while the question stands.</exception>
    internal static bool Confirms(PSHost host, AsterisellInstance instance, string what)
    {
        const string field = "Name";
        var description = new FieldDescription(field);
        description.SetParameterType(typeof(string));
        try
        {
            string? answer = host.UI?.Prompt($"{instance}", $"{what} Type the instance's name, {instance.Name}, to confirm.", [description])?[field]?.BaseObject as string;
            return answer is null ? throw RemovalErrors.ConfirmationImpossible(instance) : answer.Trim() == instance.Name;
        }
        catch (Exception none) when (none is HostException or InvalidOperationException or NotImplementedException)
        {
            throw RemovalErrors.ConfirmationImpossible(instance);
        }
    }
}
