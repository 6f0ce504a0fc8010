using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Tests.Unit.Deployment;

public sealed class TemplateTests
{
    [Theory]
    [InlineData(5, 0, "0,5,10,15,20,25,30,35,40,45,50,55")]
    [InlineData(5, 2, "2,7,12,17,22,27,32,37,42,47,52,57")]
    [InlineData(10, 3, "3,13,23,33,43,53")]
    [InlineData(20, 5, "5,25,45")]
    [InlineData(7, 0, "0,7,14,21,28,35,42,49,56")]
    [InlineData(30, 45, "15,45")]
    [InlineData(60, 0, "0")]
    [InlineData(60, 59, "59")]
    public void Passes_begin_at_the_offset(int frequency, int offset, string minutes) =>
        Assert.Equal(minutes, CronFile.Minutes(new JobSettings { FrequencyMinutes = frequency, OffsetMinutes = offset }));

    [Fact]
    public void Upgrade_jobs_of_the_release_stand_between_the_standard_ones_and_the_operators_each_once()
    {
        var jobs = new JobSettings { StandardUpgrade = ["Standard"], Upgrade = ["Own", "Release2"] };
        Assert.Equal(
            ["Upgrade_2017_03_16", "Standard", "Release1", "Release2", "Own"], JobLists.Upgrade(jobs, ["Release1", "Standard", "Release2"]).SkipWhile(job => job != "Upgrade_2017_03_16"));
    }

    [Fact]
    public void Cron_reads_no_file_with_a_dot()
    {
        AsterisellInstance dotted = Samples.Instance(Samples.Small) with { Name = "billing.eu" };
        RenderedConfiguration rendered = ConfigurationRenderer.Render(dotted, Samples.Material(dotted), new ImageLayout());
        Assert.Contains("cd /var/www/billing.eu/admin ", rendered.Text("/etc/cron.d/asterisell_billing_eu"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_settings_give_the_same_bytes()
    {
        RenderedConfiguration one = Samples.Render(Samples.Large);
        RenderedConfiguration two = Samples.Render(Samples.Large);
        Assert.Equal(
            one.Files.Select(file => (file.Path, Convert.ToHexString(SHA256.HashData(file.Content.Span)))),
            two.Files.Select(file => (file.Path, Convert.ToHexString(SHA256.HashData(file.Content.Span)))));
    }

    [Fact]
    public void A_secret_stands_in_secret_files_alone_and_in_no_message()
    {
        RenderedConfiguration rendered = Samples.Render(Samples.Large);
        foreach (string secret in (string[])["漢字", "three", "staff password", "Päßwort", "0123'"])
        {
            Assert.All(
                rendered.Files.Where(file => !file.IsSecret),
                file => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(file.Content.Span), StringComparison.Ordinal));
            Assert.All(rendered.Warnings, warning => Assert.DoesNotContain(secret, warning, StringComparison.Ordinal));
        }

        Assert.All(rendered.Files.Where(file => file.IsSecret), file => Assert.Equal(0, (int)file.Mode & 7));
        Assert.All(rendered.Files, file => Assert.DoesNotContain("漢字", file.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_that_cannot_be_written_is_refused_without_showing_it()
    {
        AsterisellInstance instance = Samples.Instance(Samples.Small);
        AsterisellException error = Assert.Throws<AsterisellException>(
            () => ConfigurationRenderer.Render(instance, Samples.Material(instance, "s3cret<?php"), new ImageLayout()));
        Assert.Equal(nameof(TemplateErrors.ValueNotWritable), error.ErrorId);
        Assert.Equal(
            "local/billing: the value of database.password cannot be written into /var/www/billing/admin/config/databases.yml: "
            + "it holds the beginning of PHP code, which symfony 1 would run.",
            error.Message.Split(Environment.NewLine)[0]);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../up", "apache", "UTC", "the name")]
    [InlineData("billing", "apache; evil on", "UTC", "web.unixUser")]
    [InlineData("billing", "apache", "UTC\nextension=evil.so", "container.timeZone")]
    public void A_value_made_by_hand_that_is_no_word_is_refused(string name, string user, string zone, string what)
    {
        AsterisellInstance instance = Samples.Instance(Samples.Small);
        AsterisellInstance wrong = instance with
        {
            Name = name,
            Settings = instance.Settings with { Web = new WebSettings { UnixUser = user }, Container = new ContainerSettings { TimeZone = zone } },
        };
        AsterisellException error = Assert.Throws<AsterisellException>(
            () => ConfigurationRenderer.Render(wrong, Samples.Material(wrong), new ImageLayout()));
        Assert.Equal(nameof(TemplateErrors.ValueNotWritable), error.ErrorId);
        Assert.Contains($"the value of {what} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_password_there_is_no_configuration()
    {
        AsterisellInstance instance = Samples.Instance("tags: []");
        AsterisellException error = Assert.Throws<AsterisellException>(
            () => ConfigurationRenderer.Render(instance, new ConfigurationMaterial(), new ImageLayout()));
        Assert.Equal(nameof(TemplateErrors.DatabasePasswordMissing), error.ErrorId);
    }

    [Fact]
    public void An_own_file_cannot_take_the_place_of_the_configuration()
    {
        const string body = Samples.Small + "\ncustomFiles: { app.yml: apps/asterisell/config }";
        AsterisellException error = Assert.Throws<AsterisellException>(() => Samples.Render(body));
        Assert.Equal(nameof(TemplateErrors.FileGivenTwice), error.ErrorId);
    }

    [Theory]
    [InlineData("Simple-1_2", false)]
    [InlineData("two words", true)]
    [InlineData("a$b", true)]
    [InlineData("a;reboot", true)]
    public void A_password_that_breaks_the_applications_backups_is_warned_of(string password, bool warned)
    {
        AsterisellInstance instance = Samples.Instance(Samples.Small);
        RenderedConfiguration rendered = ConfigurationRenderer.Render(instance, Samples.Material(instance, password), new ImageLayout());
        Assert.Equal(warned, rendered.Warnings.Any(warning => warning.Contains("daily backups", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(443, "return 301 https://$host$request_uri;")]
    [InlineData(44300, "return 301 https://$host:44300$request_uri;")]
    public void A_browser_is_sent_to_the_port_that_is_published(int port, string redirect) => Assert.Contains(
        redirect,
        Samples.Render($"{Samples.Small}\nports: {{ https: {port} }}\nweb: {{ certificate: /c, certificateKey: /k }}").Text(NginxConf.Path),
        StringComparison.Ordinal);

    [Fact]
    public void Nobody_is_sent_to_a_port_that_is_not_published()
    {
        RenderedConfiguration rendered = Samples.Render($"{Samples.Small}\nweb: {{ certificate: /c, certificateKey: /k }}");
        Assert.DoesNotContain("return 301", rendered.Text(NginxConf.Path), StringComparison.Ordinal);
        Assert.Contains("listen 443 ssl;", rendered.Text(NginxConf.Path), StringComparison.Ordinal);
        Assert.Contains(rendered.Warnings, warning => warning.Contains("without encryption", StringComparison.Ordinal));
    }

    [Fact]
    public void A_certificate_is_tried_before_nginx_has_it()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using X509Certificate2 made = new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        string pem = made.ExportCertificatePem();
        Assert.Null(Refusal(pem, key.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("the key's file does not hold its key", Refusal(pem, other.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("the key's file does not hold its key", Refusal(pem, "nothing"));
        Assert.Equal("its key has a password", Refusal(pem, key.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1))));
        Assert.Equal("the file holds no certificate as PEM", Refusal("nothing", key.ExportPkcs8PrivateKeyPem()));
    }

    private static string? Refusal(string certificate, string key) =>
        CertificateCheck.Refusal(Encoding.UTF8.GetBytes(certificate), Encoding.UTF8.GetBytes(key));
}
