using System.Management.Automation;

namespace Asterisell.Tests.Unit.Contract;

#pragma warning disable CA1034 // Nested and public: this is what cmdlets that break a rule look like; each is named after the rule.

/// <summary>Cmdlets that break one rule each.</summary>
public static class Breaches
{
    [Cmdlet("Foo", "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class VerbIsApprovedOrChangeAsks : PSCmdlet;

    [Cmdlet(VerbsCommon.Get, "AsterisellThings")]
    [OutputType(typeof(string))]
    public sealed class NounIsOursAndSingular : PSCmdlet;

    [Cmdlet(VerbsCommon.Get, "Thing")]
    [OutputType(typeof(string))]
    public class NounIsOursAndSingularToo : PSCmdlet;

    [Cmdlet(VerbsCommon.Get, "AsterisellThing")]
    public sealed class OutputIsDeclared : PSCmdlet;

    [Cmdlet(VerbsCommon.Remove, "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class ChangeAsks : PSCmdlet;

    [Cmdlet(VerbsData.Backup, "AsterisellData", SupportsShouldProcess = true)]
    [OutputType(typeof(string))]
    public sealed class ImpactIsThatOfTheSurface : PSCmdlet;

    [Cmdlet(VerbsCommon.Get, "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class OneParameterTakesThePipeline : PSCmdlet
    {
        [Parameter(ValueFromPipeline = true)]
        public string? First { get; set; }

        [Parameter(ValueFromPipeline = true)]
        public int Second { get; set; }
    }

    [Cmdlet(VerbsCommon.Get, "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class NoSecretIsText : PSCmdlet
    {
        [Parameter]
        public string? AdminPassword { get; set; }

        [Parameter]
        public PSCredential? Credential { get; set; }
    }

    [Cmdlet(VerbsCommon.Get, "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class NoParameterIsPowerShells : PSCmdlet
    {
        [Parameter]
        public SwitchParameter Debug { get; set; }
    }

    [Cmdlet(VerbsCommon.Get, "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class ParametersAreSingularAndPascal : PSCmdlet
    {
        [Parameter]
        public string[]? Names { get; set; }

        [Parameter]
        public string[]? HostAddress { get; set; }
    }

    [Cmdlet(VerbsCommon.Get, "AsterisellThing")]
    [OutputType(typeof(string))]
    public sealed class SwitchesNotBooleans : PSCmdlet
    {
        [Parameter]
        public bool Force { get; set; }
    }
}
