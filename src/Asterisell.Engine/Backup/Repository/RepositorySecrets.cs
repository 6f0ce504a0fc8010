using System.Text.Json;
using System.Text.Json.Nodes;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>The passwords that an inventory refers to.</summary>
public static class RepositorySecrets
{
    /// <summary>Every reference with who needs it; a password in the operator's head is among them.</summary>
    internal static IEnumerable<(string Owner, SecretReference Reference)> ReferencesOf(AsterisellInventory inventory)
    {
        foreach (AsterisellInstance instance in inventory.Instances)
        {
            InstanceSettings settings = instance.Settings;
            IEnumerable<(string Key, SecretReference? Reference)> found =
            [
                ("database.password", settings.Database.Password),
                ("database.customerPassword", settings.Database.CustomerPassword),
                ("smtp.password", settings.Smtp.Password),
                .. settings.Web.Accounts.Select(account => ($"web.accounts {account.Name}", account.Password)),
                .. settings.Webdav.Users.Select(account => ($"webdav.users {account.Name}", account.Password)),
                .. settings.External.Connections.Select(connection => ($"external.connections {connection.Name}", connection.Password)),
            ];
            foreach ((string key, SecretReference? reference) in found)
            {
                if (reference is not null)
                {
                    yield return ($"{instance}: {key}", reference);
                }
            }
        }

        foreach (BackupTarget target in inventory.Targets)
        {
            if (target.Password is { } password)
            {
                yield return ($"targets.{target.Name}: password", password);
            }
        }
    }

    /// <summary>Looks all of them up, for a file that is encrypted at once.</summary>
    /// <param name="inventory">Inventory.</param>
    /// <param name="secrets">Where they come from.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>JSON: a list of owner, reference and value. Passwords that are asked for each time are not in it.</returns>
    /// <exception cref="AsterisellException">One could not be found: a backup that lacks it would be a surprise on the day it is needed.</exception>
    public static async Task<byte[]> CollectAsync(AsterisellInventory inventory, SecretResolver secrets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        JsonArray list = [];
        foreach ((string owner, SecretReference reference) in ReferencesOf(inventory).Where(one => one.Reference.Kind != SecretKind.Prompt))
        {
            Secret value = await secrets.ResolveAsync(reference, cancellation).ConfigureAwait(false);
            list.Add((JsonNode)new JsonObject { ["owner"] = owner, ["reference"] = reference.ToString(), ["value"] = value.Reveal() });
        }

        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(list, RepositoryJson.Default.JsonNode);
    }
}
