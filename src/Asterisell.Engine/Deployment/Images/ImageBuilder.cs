using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Images;

/// <summary>Builds the image of instances on their host. An image that was made from the same files and packages is left as it is.</summary>
public sealed class ImageBuilder(IDockerConnector connector, ImageBuildOptions options)
{
    /// <summary>Label with the hash of everything that an image was made from.</summary>
    public const string ContextLabel = "org.asterisell.context";

    /// <summary>Label with the instances' module, so that its images are known for ours.</summary>
    public const string MadeByLabel = "org.asterisell.made-by";

    /// <summary>Builds an image where it is needed.</summary>
    /// <exception cref="AsterisellException">The base is not to be had, a step failed, or the engine.</exception>
    public async Task<ImageBuildResult> BuildAsync(ImagePlan plan, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(progress);
        DateTimeOffset start = DateTimeOffset.UtcNow;
        IDockerEngine engine = await connector.ConnectAsync(plan.Host, cancellation).ConfigureAwait(false);
        var context = new BuildContext();
        await using (context.ConfigureAwait(false))
        {
            progress.Report("reading what the image is made from");
            string dockerfile = await ContextReader.ReadAsync(context, plan, options.ModuleFolder, cancellation).ConfigureAwait(false);
            context.AddFact("dockerfile", dockerfile);
            if (plan.Image.Dockerfile is null)
            {
                context.AddFact("base", plan.Image.Base);
                context.AddFact("base id", (await FindBaseAsync(engine, plan, progress, cancellation).ConfigureAwait(false)).Id);
            }

            (Stream tar, string hash) = await context.EndAsync().ConfigureAwait(false);
            ImageDetail? there = await engine.Images.FindAsync(plan.Name, cancellation).ConfigureAwait(false);
            if (!options.NoCache && there is not null && there.Labels.GetValueOrDefault(ContextLabel) == hash)
            {
                return Result(plan, OperationStatus.Unchanged, there, start, "it was made from the same description before");
            }

            await SendAsync(engine, plan, tar, dockerfile, hash, progress, cancellation).ConfigureAwait(false);
        }

        ImageDetail made = await engine.Images.FindAsync(plan.Name, cancellation).ConfigureAwait(false)
            ?? throw ImageErrors.ImageBuildFailed(plan.Host, plan.Name, "", "the engine named no image so", [], new InvalidOperationException());
        return Result(plan, OperationStatus.Succeeded, made, start, "built");
    }

    private static ImageBuildResult Result(ImagePlan plan, OperationStatus status, ImageDetail image, DateTimeOffset start, string message) =>
        new(plan.Host.Name, plan.Name, status, image.Id, image.SizeBytes, plan.Instances, start, DateTimeOffset.UtcNow - start, message);

    /// <summary>The base by its id: where its name leads to another image than before, ours is built anew.</summary>
    private static async Task<ImageDetail> FindBaseAsync(
        IDockerEngine engine, ImagePlan plan, IOperationProgress progress, CancellationToken cancellation)
    {
        string name = plan.Image.Base;
        if (await engine.Images.FindAsync(name, cancellation).ConfigureAwait(false) is { } there)
        {
            return there;
        }

        try
        {
            (string repository, string tag) = ImageReference.Split(name);
            await foreach (EngineProgress said in engine.Images.PullAsync(repository, tag, cancellation).ConfigureAwait(false))
            {
                progress.Report($"pulling {name}: {EngineText.OneLine(said.Text)}");
            }

            return await engine.Images.FindAsync(name, cancellation).ConfigureAwait(false)
                ?? throw DockerErrors.EngineFailed(plan.Host, null, "it pulled nothing");
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.CommandFailed or ErrorKind.NotFound or ErrorKind.InvalidInput)
        {
            throw ImageErrors.BaseImageNotFound(plan.Host, name, failure.Reason, failure);
        }
    }

    private async Task SendAsync(
        IDockerEngine engine, ImagePlan plan, Stream tar, string dockerfile, string hash, IOperationProgress progress, CancellationToken cancellation)
    {
        var build = new ImageBuild(plan.Name)
        {
            Dockerfile = dockerfile,
            Arguments = plan.Image.Dockerfile is null ? new Dictionary<string, string> { ["BASE"] = plan.Image.Base } : new Dictionary<string, string>(),
            Labels = new Dictionary<string, string> { [ContextLabel] = hash, [MadeByLabel] = "Asterisell PowerShell module" },
            Network = options.Network,
            NoCache = options.NoCache,
        };
        var transcript = new BuildTranscript();
        try
        {
            await foreach (EngineProgress said in engine.Images.BuildAsync(tar, build, cancellation).ConfigureAwait(false))
            {
                transcript.Add(said.Text);
                string step = transcript.Step.Length == 0 ? "sending files" : transcript.Step;
                progress.Report(transcript.LastLines.Count == 0 ? step : $"{step}: {transcript.LastLines[^1]}", transcript.Percent);
            }
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.CommandFailed or ErrorKind.NotFound or ErrorKind.InvalidInput)
        {
            throw ImageErrors.ImageBuildFailed(plan.Host, plan.Name, transcript.Step, failure.Reason.TrimEnd('.'), transcript.LastLines, failure);
        }
    }
}
