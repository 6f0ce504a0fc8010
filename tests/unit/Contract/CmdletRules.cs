using System.Text.RegularExpressions;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>What every cmdlet keeps to. Each rule gives a sentence for each breach.</summary>
internal static partial class CmdletRules
{
    /// <summary>Get-Verb of PowerShell 7.6.</summary>
    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. """
        Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Push Pop Redo Remove Rename Reset Resize Search
        Select Set Show Skip Split Step Switch Undo Unlock Watch Backup Checkpoint Compare Compress Convert ConvertFrom ConvertTo Dismount Edit
        Expand Export Group Import Initialize Limit Merge Mount Out Publish Restore Save Sync Unpublish Update Approve Assert Build Complete
        Confirm Deny Deploy Disable Enable Install Invoke Register Request Restart Resume Start Stop Submit Suspend Uninstall Unregister Wait
        Debug Measure Ping Repair Resolve Test Trace Connect Disconnect Read Receive Send Write Block Grant Protect Revoke Unblock Unprotect Use
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    /// <summary>Verbs that leave everything as it is.</summary>
    private static readonly HashSet<string> ReadingVerbs = ["Get", "Test", "Wait", "Enter", "Compare", "Measure", "Find", "ConvertFrom", "Export"];

    /// <summary>Words that end in s and mean one thing.</summary>
    private static readonly HashSet<string> SingularWithS = ["AsterisellStatus", "AsterisellSshAccess", "As"];

    private static readonly HashSet<string> CommonParameters = new(
        [
            "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable",
            "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm", "UseTransaction",
            "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Impact of what changes something, by the table of the public surface: 1 low, 2 medium, 3 high. Cmdlets that change nothing are not
    /// here, and neither is Test-AsterisellBackup as long as it only reads.
    /// </summary>
    private static readonly Dictionary<string, int> Impacts = new()
    {
        ["New-AsterisellInventory"] = 1,
        ["Start-AsterisellInstance"] = 2,
        ["Stop-AsterisellInstance"] = 2,
        ["Restart-AsterisellInstance"] = 2,
        ["Update-AsterisellInstance"] = 2,
        ["Update-AsterisellPackage"] = 2,
        ["Invoke-AsterisellCommand"] = 2,
        ["Remove-AsterisellBackup"] = 2,
        ["Remove-AsterisellLease"] = 2,
        ["Remove-AsterisellVolume"] = 3,
        ["Install-AsterisellInstance"] = 2,
        ["Restore-AsterisellData"] = 3,
        ["Copy-AsterisellData"] = 3,
        ["Import-AsterisellData"] = 3,
        ["Export-AsterisellData"] = 1,
        ["Restore-AsterisellUndo"] = 3,
        ["Uninstall-AsterisellInstance"] = 3,
        ["Backup-AsterisellData"] = 1,
        ["Initialize-AsterisellBackupTarget"] = 2,
        ["Backup-AsterisellRepository"] = 1,
        ["Update-AsterisellRepository"] = 2,
        ["Save-AsterisellRepository"] = 2,
        ["Undo-AsterisellRepository"] = 2,
        ["Resolve-AsterisellConflict"] = 2,
        ["Build-AsterisellImage"] = 2,
        ["Set-AsterisellAdmin"] = 2,
        ["Set-AsterisellDatabasePassword"] = 2,
        ["Grant-AsterisellSshAccess"] = 2,
        ["Revoke-AsterisellSshAccess"] = 2,
        ["Disable-AsterisellJob"] = 2,
        ["Invoke-AsterisellJob"] = 2,
        ["Enable-AsterisellJob"] = 2,
        ["Disable-AsterisellWeb"] = 2,
        ["Enable-AsterisellWeb"] = 2,
    };

    public static readonly IReadOnlyDictionary<string, Func<CmdletFacts, IEnumerable<string>>> All = new Dictionary<string, Func<CmdletFacts, IEnumerable<string>>>
    {
        [nameof(VerbIsApproved)] = VerbIsApproved,
        [nameof(NounIsOursAndSingular)] = NounIsOursAndSingular,
        [nameof(ClassIsSealedAndNamed)] = ClassIsSealedAndNamed,
        [nameof(OutputIsDeclared)] = OutputIsDeclared,
        [nameof(ChangeAsks)] = ChangeAsks,
        [nameof(ImpactIsThatOfTheSurface)] = ImpactIsThatOfTheSurface,
        [nameof(OneParameterTakesThePipeline)] = OneParameterTakesThePipeline,
        [nameof(NoSecretIsText)] = NoSecretIsText,
        [nameof(NoParameterIsPowerShells)] = NoParameterIsPowerShells,
        [nameof(ParametersAreSingularAndPascal)] = ParametersAreSingularAndPascal,
        [nameof(SwitchesNotBooleans)] = SwitchesNotBooleans,
    };

    private static IEnumerable<string> VerbIsApproved(CmdletFacts cmdlet) =>
        Unless(ApprovedVerbs.Contains(cmdlet.Verb), $"{cmdlet}: the verb {cmdlet.Verb} is not approved.");

    private static IEnumerable<string> NounIsOursAndSingular(CmdletFacts cmdlet)
    {
        bool singular = !cmdlet.Noun.EndsWith('s') || SingularWithS.Contains(cmdlet.Noun);
        return Unless(OurNoun().IsMatch(cmdlet.Noun) && singular, $"{cmdlet}: the noun {cmdlet.Noun} is not Asterisell and a word in the singular.");
    }

    private static IEnumerable<string> ClassIsSealedAndNamed(CmdletFacts cmdlet)
    {
        string expected = $"Asterisell.PowerShell.Commands.{cmdlet.Verb}{cmdlet.Noun}Command";
        bool right = cmdlet.Type.IsSealed && cmdlet.Type.IsPublic && cmdlet.Type.FullName == expected && cmdlet.Type.GetConstructor([]) is not null;
        return Unless(right, $"{cmdlet}: its class is not public sealed {expected} with a constructor of its own.");
    }

    private static IEnumerable<string> OutputIsDeclared(CmdletFacts cmdlet) =>
        Unless(cmdlet.OutputTypes.Count > 0 || cmdlet.Verb == "Enter", $"{cmdlet}: no [OutputType].");

    private static IEnumerable<string> ChangeAsks(CmdletFacts cmdlet) =>
        Unless(cmdlet.SupportsShouldProcess || ReadingVerbs.Contains(cmdlet.Verb), $"{cmdlet}: it changes something, but SupportsShouldProcess is not said.");

    private static IEnumerable<string> ImpactIsThatOfTheSurface(CmdletFacts cmdlet)
    {
        if (!cmdlet.SupportsShouldProcess)
        {
            return [];
        }

        return Impacts.TryGetValue(cmdlet.Name, out int impact)
            ? Unless(impact == cmdlet.ConfirmImpact, $"{cmdlet}: ConfirmImpact is {cmdlet.ConfirmImpact}, the public surface says {impact}.")
            : [$"{cmdlet}: the public surface says nothing about its impact; add it to the table of this test."];
    }

    private static IEnumerable<string> OneParameterTakesThePipeline(CmdletFacts cmdlet)
    {
        int[] counts = [.. cmdlet.ParameterSets.Select(set => cmdlet.Parameters.Count(parameter => parameter.TakesPipelineIn(set)))];
        return Unless(
            counts.All(count => count <= 1) && counts.Distinct().Count() == 1,
            $"{cmdlet}: its parameter sets take {string.Join(", ", counts)} parameters by value from the pipeline; one for each set, or none in all.");
    }

    private static IEnumerable<string> NoSecretIsText(CmdletFacts cmdlet) =>
        from parameter in cmdlet.Parameters
        where SecretName().IsMatch(parameter.Name) && parameter.TypeName is "System.String" or "System.Object"
        select $"{cmdlet}: -{parameter.Name} is plain text.";

    private static IEnumerable<string> NoParameterIsPowerShells(CmdletFacts cmdlet) =>
        from parameter in cmdlet.Parameters
        where CommonParameters.Contains(parameter.Name)
        select $"{cmdlet}: -{parameter.Name} is a parameter of PowerShell itself.";

    private static IEnumerable<string> ParametersAreSingularAndPascal(CmdletFacts cmdlet) =>
        from parameter in cmdlet.Parameters
        where !PascalWord().IsMatch(parameter.Name) || (parameter.Name.EndsWith('s') && !parameter.Name.EndsWith("ss", StringComparison.Ordinal) && !SingularWithS.Contains(parameter.Name))
        select $"{cmdlet}: -{parameter.Name} is not PascalCase in the singular.";

    private static IEnumerable<string> SwitchesNotBooleans(CmdletFacts cmdlet) =>
        from parameter in cmdlet.Parameters
        where parameter.TypeName == "System.Boolean"
        select $"{cmdlet}: -{parameter.Name} is a bool, not a switch.";

    private static IEnumerable<string> Unless(bool fine, string breach) => fine ? [] : [breach];

    [GeneratedRegex("^Asterisell([A-Z][a-z0-9]+)+$")]
    private static partial Regex OurNoun();

    [GeneratedRegex("^([A-Z][a-z0-9]+)+$")]
    private static partial Regex PascalWord();

    [GeneratedRegex("Password|Secret|Passphrase|Token|Credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
