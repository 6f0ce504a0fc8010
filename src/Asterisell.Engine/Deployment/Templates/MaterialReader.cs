using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>Reads what an instance's settings refer to: looks secrets up, reads the operator's files.</summary>
internal sealed class MaterialReader(SecretResolver secrets)
{
    /// <summary>The material of one instance.</summary>
    /// <exception cref="AsterisellException"><see cref="SecretErrors"/>.</exception>
    public async Task<ConfigurationMaterial> ReadAsync(AsterisellInstance instance, CancellationToken cancellation)
    {
        DatabaseSettings database = instance.Settings.Database;
        var found = new Dictionary<SecretReference, Secret>();
        foreach (SecretReference reference in References(instance.Settings))
        {
            if (!found.ContainsKey(reference))
            {
                found.Add(reference, await secrets.ResolveAsync(reference, cancellation).ConfigureAwait(false));
            }
        }

        return new ConfigurationMaterial
        {
            DatabasePassword = await FindAsync(database.Password, cancellation).ConfigureAwait(false),
            CustomerPassword = await FindAsync(database.CustomerPassword, cancellation).ConfigureAwait(false),
            Secrets = found,
        };
    }

    private static IEnumerable<SecretReference> References(InstanceSettings settings) =>
        settings.Web.Accounts.Concat(settings.Webdav.Users).Select(account => account.Password)
            .Concat(settings.External.Connections.Select(connection => connection.Password))
            .Append(settings.Smtp.Password)
            .OfType<SecretReference>();

    private async Task<Secret?> FindAsync(SecretReference? reference, CancellationToken cancellation) =>
        reference is null ? null : await secrets.ResolveAsync(reference, cancellation).ConfigureAwait(false);
}
