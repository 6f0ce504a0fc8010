using System.Management.Automation;
using Asterisell.Engine.Deployment.Images;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>Builds the images that instances run on, each on the hosts that need it. One that was made from the same description is left as it is.</summary>
[Cmdlet(
    Verb, Noun.Image, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ImageBuildResult))]
public sealed class BuildAsterisellImageCommand : SelectionCmdlet
{
    /// <summary>An approved verb of PowerShell 6 and newer, which the library that we compile against does not know yet.</summary>
    private const string Verb = "Build";

    private const string ContextFolder = "image";

    /// <summary>Builds although nothing changed, and does every step anew: packages come in their newest versions.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>Network of the building steps: Docker's default, the host's own, or none.</summary>
    [Parameter]
    [ValidateSet("default", "host", "none")]
    public string Network { get; set; } = "default";

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool ForChange => true;

    private protected override async Task ProcessSelectionAsync(IReadOnlyList<AsterisellInstance> instances)
    {
        IReadOnlyList<ImagePlan> plans =
            [.. ImagePlan.Of(instances).Where(plan => !Confirmation.IsWanted(this, Force) || ShouldProcess(plan.ToString(), "Build image"))];
        if (plans.Count == 0)
        {
            return;
        }

        var builder = new ImageBuilder(ModuleSession.Current.Docker, Options());

        // Hosts side by side; on a host one after the other, for the steps that two images share are done once.
        await Task.WhenAll(plans.GroupBy(plan => plan.Host.Name).Select((host, index) => BuildOnHostAsync(builder, host, index + 1)));
    }

    private async Task BuildOnHostAsync(ImageBuilder builder, IEnumerable<ImagePlan> plans, int progressId)
    {
        foreach (ImagePlan plan in plans)
        {
            DateTimeOffset start = DateTimeOffset.UtcNow;
            try
            {
                using var progress = new StepProgress(progressId, $"Building {plan}", WriteProgress);
                WriteObject(await builder.BuildAsync(plan, progress, Stop));
            }
            catch (Exception failure) when (!Stop.IsCancellationRequested)
            {
                WriteFailure(failure, plan.Host);
                WriteObject(new ImageBuildResult(
                    plan.Host.Name, plan.Name, OperationStatus.Failed, null, 0, plan.Instances, start, DateTimeOffset.UtcNow - start,
                    (failure as AsterisellException)?.Reason ?? failure.Message));
            }
        }
    }

    private ImageBuildOptions Options() => new(Path.Combine(ModuleFolder, ContextFolder)) { Network = Network, NoCache = NoCache };

    private string ModuleFolder => MyInvocation.MyCommand.Module?.ModuleBase ?? Path.GetDirectoryName(GetType().Assembly.Location)!;
}
