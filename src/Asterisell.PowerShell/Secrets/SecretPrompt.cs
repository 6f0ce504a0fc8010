using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Security;

namespace Asterisell.PowerShell.Secrets;

/// <summary>Asks the operator for a secret, without echo.</summary>
internal sealed class SecretPrompt(PSHost host)
{
    /// <summary>The answer; null when it is empty, or when nobody can be asked.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C while the question stands.</exception>
    public Secret? Ask(string question)
    {
        try
        {
            // Prompt and not ReadLineAsSecureString by itself: where nobody can be asked, it says so before it shows the question.
            var field = new FieldDescription(question);
            field.SetParameterType(typeof(SecureString));
            using var answer = host.UI?.Prompt("", "", [field])?[question]?.BaseObject as SecureString;
            return answer is not { Length: > 0 } ? null : new Secret(new NetworkCredential("", answer).Password);
        }
        catch (Exception none) when (none is HostException or InvalidOperationException or NotImplementedException)
        {
            // What hosts say that have nobody to ask: -NonInteractive, a job, a redirected input.
            return null;
        }
    }
}
