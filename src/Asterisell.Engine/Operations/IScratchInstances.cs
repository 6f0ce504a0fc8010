using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Operations;

/// <summary>Makes throw-away instances. What wants to try something in one knows no more of containers than this.</summary>
public interface IScratchInstances
{
    /// <summary>Makes one: running, without network, its jobs locked, its database empty. What killed runs left on the host is removed first.</summary>
    /// <exception cref="AsterisellException">There is none; nothing is left.</exception>
    Task<IScratchInstance> MakeAsync(ScratchRequest request, IOperationProgress? progress, CancellationToken cancellation);
}

/// <summary>A throw-away instance; it goes, with its volumes, when it is disposed.</summary>
public interface IScratchInstance : IAsyncDisposable
{
    /// <summary>Handle on it; it has the name, the directories and the database user of the real one, and a container of its own.</summary>
    IInstance Instance { get; }

    /// <summary>Image that it was made of.</summary>
    string Image { get; }

    /// <summary>Gives the customers' database user its rights on the tables that are there now.</summary>
    Task GrantAsync(CancellationToken cancellation);
}

/// <summary>What a throw-away instance is made of.</summary>
/// <param name="Instance">The real one, as the inventory describes it.</param>
/// <param name="Host">Docker host that it is made on.</param>
/// <param name="Images">Images, by id or name; the first that the host has is taken.</param>
/// <param name="AdminCredentials">Content of the admin application's <c>databases.yml</c>.</param>
/// <param name="CustomerCredentials">Content of the customers' application's <c>databases.yml</c>; null where there is none.</param>
/// <param name="Files">A tar of files that lie in it before it starts for the first time, by paths below <c>/</c>.</param>
public sealed record ScratchRequest(
    AsterisellInstance Instance, AsterisellHost Host, IReadOnlyList<string> Images, string AdminCredentials, string? CustomerCredentials, Func<Stream> Files);
