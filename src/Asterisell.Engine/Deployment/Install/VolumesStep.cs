using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Makes the named volumes, or takes up those that were kept.</summary>
internal sealed class VolumesStep(InstallWorld world) : IDeploymentWork
{
    public string Name => "Volumes";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        bool made = false;
        foreach (InstanceVolume volume in InstanceVolumes.Of(world.Definition))
        {
            VolumeDetail? found = await world.Engine.Volumes.FindAsync(volume.Name, cancellation).ConfigureAwait(false);
            if (found is null)
            {
                Dictionary<string, string> labels = new(Ownership.LabelsOf(world.Definition)) { [Ownership.Part] = volume.Part };
                await world.Engine.Volumes.CreateAsync(volume.Name, labels, cancellation).ConfigureAwait(false);
                made = true;
            }
            else if (Ownership.Of(found.Labels) != world.Definition.Name)
            {
                throw InstallErrors.VolumeNameTaken(world.Definition, volume.Name);
            }
        }

        return made;
    }
}
