using Asterisell.Engine.Inventory.Settings;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>The Docker hosts of an inventory.</summary>
internal sealed class HostReader
{
    private readonly Dictionary<string, AsterisellHost> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> broken = new(StringComparer.OrdinalIgnoreCase);

    public HostReader(FindingList findings, SettingReader reader, YamlMapping? mapping)
    {
        Dictionary<string, YamlScalar> seen = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, YamlScalar> endpoints = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in EntryNames.Limited(mapping, InventoryLimits.Entries, findings, "hosts"))
        {
            string name = entry.Key.Value;
            string path = $"hosts.{Excerpt.Of(name)}";
            broken.Add(name);
            if (EntryNames.Check(entry.Key, name, findings, path)
                && EntryNames.CheckUnique(entry.Key, name, seen, findings, FindingId.DuplicateKey, path)
                && EntryNames.Mapping(entry, findings, path, Section.KeyWords) is { } keys)
            {
                AsterisellHost host = Build(name, (AsterisellHost)Section.Build(reader.Read(keys, Section, path)));
                byName.Add(name, host);
                CheckEndpoint(host, entry.Key, path, endpoints, findings);
            }
        }

        Hosts = byName.Count > 0 ? [.. byName.Values] : [Build("local", (AsterisellHost)Section.CreateDefault())];
        if (byName.Count == 0 && broken.Count == 0)
        {
            byName.Add(Hosts[0].Name, Hosts[0]);
        }
    }

    /// <summary>Hosts, in the order of the file; this machine's engine as <c>local</c> when it names none.</summary>
    public IReadOnlyList<AsterisellHost> Hosts { get; }

    /// <summary>Names that an instance may refer to.</summary>
    public IEnumerable<string> Names => byName.Keys;

    private static SettingSection Section { get; } = SettingSection.Document.Find("hosts")!.Section!;

    /// <summary>The host of a name; null when there is none.</summary>
    public AsterisellHost? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>True for a name that the file defines, though wrongly: a reference to it is no further error.</summary>
    public bool IsBroken(string name) => broken.Contains(name) && !byName.ContainsKey(name);

    private static AsterisellHost Build(string name, AsterisellHost settings) =>
        settings with { Name = name, Endpoint = settings.Endpoint ?? DefaultEndpoint() };

    private static Uri DefaultEndpoint() =>
        new(OperatingSystem.IsWindows() ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock");

    private static void CheckEndpoint(
        AsterisellHost host, YamlScalar at, string path, Dictionary<string, YamlScalar> endpoints, FindingList findings)
    {
        if (!endpoints.TryAdd(host.Endpoint.OriginalString, at))
        {
            findings.Warning(
                FindingId.SharedEndpoint, at, path, $"The same Docker engine as host '{endpoints[host.Endpoint.OriginalString].Value}'.",
                suggestion: "One host is enough; an instance of each would be the same container.");
        }

        if (host.Endpoint.Scheme == "tcp" && host.TlsFolder is null && !host.Endpoint.IsLoopback)
        {
            findings.Warning(
                FindingId.UnencryptedEndpoint, at, path, "The Docker engine is reached without TLS: whoever reaches its port is root on the host.",
                suggestion: "Give 'tlsFolder', or use ssh://.");
        }
    }
}
