using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Engine.Inventory.Reading;

/// <summary>What is wrong only between values, or between instances.</summary>
internal static class InstanceChecks
{
    private static readonly SettingField Http = SettingSection.Instance.At("ports.http");
    private static readonly SettingField Https = SettingSection.Instance.At("ports.https");
    private static readonly SettingField Ssh = SettingSection.Instance.At("ports.ssh");
    private static readonly SettingField Certificate = SettingSection.Instance.At("web.certificate");
    private static readonly SettingField Image = SettingSection.Instance.At("image.name");
    private static readonly SettingField CertificateKey = SettingSection.Instance.At("web.certificateKey");

    public static void Check(IReadOnlyList<InstanceEntry> entries, FindingList findings)
    {
        CheckPorts(entries, findings);
        CheckImages(entries, findings);
        foreach (InstanceEntry entry in entries)
        {
            CheckCertificate(entry, findings);
        }
    }

    private static void CheckPorts(IReadOnlyList<InstanceEntry> entries, FindingList findings)
    {
        foreach (IGrouping<(string, int), PublishedPort> same in entries.SelectMany(Published).GroupBy(p => (p.Engine, p.Port)))
        {
            PublishedPort[] ports = [.. same];
            for (int i = 1; i < ports.Length; i++)
            {
                if (ports.Take(i).FirstOrDefault(earlier => earlier.ClashesWith(ports[i])) is { } first)
                {
                    findings.Error(
                        FindingId.DuplicatePort, ports[i].Entry.Place(ports[i].Field), $"{ports[i].Entry.Path}.{ports[i].Field.Path}",
                        $"Port {ports[i].Port} of host '{ports[i].Entry.Instance.HostName}' is taken by {first.Entry.Path}.{first.Field.Path} "
                        + $"(line {first.Entry.Place(first.Field).Line}).",
                        "a port, or a bind address, of its own");
                }
            }
        }
    }

    private static void CheckImages(IReadOnlyList<InstanceEntry> entries, FindingList findings)
    {
        foreach (IGrouping<(string, string), InstanceEntry> same in
            entries.GroupBy(entry => (entry.Instance.Host.Endpoint.OriginalString, ImageFacts.FullName(entry.Instance.Settings.Image))))
        {
            InstanceEntry first = same.First();
            foreach (InstanceEntry other in same.Where(entry => !ImageFacts.AreAlike(entry.Instance.Settings.Image, first.Instance.Settings.Image)))
            {
                findings.Error(
                    FindingId.ImageConflict, other.Place(Image), $"{other.Path}.{Image.Path}",
                    $"{first.Path} describes the image '{other.Instance.Settings.Image.Name}' of host '{other.Instance.HostName}' in another way.",
                    "the same description, or a name of its own");
            }
        }
    }

    private static IEnumerable<PublishedPort> Published(InstanceEntry entry)
    {
        PortSettings ports = entry.Instance.Settings.Ports;
        string engine = entry.Instance.Host.Endpoint.OriginalString;
        if (ports.Http is { } http)
        {
            yield return new PublishedPort(engine, http, ports.BindAddress, entry, Http);
        }

        if (ports.Https is { } https)
        {
            yield return new PublishedPort(engine, https, ports.BindAddress, entry, Https);
        }

        if (ports.Ssh is { } ssh)
        {
            yield return new PublishedPort(engine, ssh, ports.SshBindAddress, entry, Ssh);
        }
    }

    private static void CheckCertificate(InstanceEntry entry, FindingList findings)
    {
        WebSettings web = entry.Instance.Settings.Web;
        if (web.Certificate is null != web.CertificateKey is null)
        {
            (SettingField there, SettingField missing) = web.Certificate is null ? (CertificateKey, Certificate) : (Certificate, CertificateKey);
            findings.Error(
                FindingId.IncompleteCertificate, entry.Place(there), $"{entry.Path}.{there.Path}", $"'{missing.Path}' is missing beside it.",
                "both, or neither");
        }

        if (entry.Instance.Settings.Ports.Https is not null && web.Certificate is null)
        {
            findings.Warning(
                FindingId.PortWithoutCertificate, entry.Place(Https), $"{entry.Path}.{Https.Path}", "Nothing answers there without a certificate.",
                suggestion: "Give 'web.certificate' and 'web.certificateKey', or leave the port out.");
        }
    }
}
