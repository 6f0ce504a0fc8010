namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// <c>/etc/logrotate.d/asterisell_NAME</c>: the logs of both applications. The logs of the services are the image's affair.
/// </summary>
/// <remarks>
/// The old tool had symfony rotate <c>log/asterisell_prod.log</c>, which nothing is written to; <c>asterisell_dev.log</c>, which every
/// <c>debug</c> command writes to, grew for ever.
/// </remarks>
internal static class LogRotationFile
{
    public static string Path(AsterisellInstance instance) => $"/etc/logrotate.d/{CronFile.FileName(instance)}";

    /// <summary>Copied and truncated: a job that runs for hours keeps its file open.</summary>
    public static string Render(AsterisellInstance instance)
    {
        SafeWord.Check("the name", instance.Name);
        return $$"""
            # Logs of the instance {{instance.Name}}, made from its inventory. What is changed here is lost with the next update.
            {{instance.AdminDirectory}}/log/*.log {{instance.UserDirectory}}/log/*.log {
                su root {{SafeWord.Check("web.unixUser", instance.Settings.Web.UnixUser)}}
                monthly
                maxsize 100M
                rotate 10
                compress
                delaycompress
                copytruncate
                missingok
                notifempty
            }

            """;
    }
}
