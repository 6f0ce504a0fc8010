namespace Asterisell;

/// <summary>What has to be done before a difference that was mended is felt. A later one includes more disturbance than an earlier one.</summary>
public enum DriftEffect
{
    /// <summary>Nothing: it is read whenever it is needed.</summary>
    Nothing,

    /// <summary><c>php asterisell.php silently-activate</c>: it clears the caches and takes files over into the customer application.</summary>
    Activation,

    /// <summary>nginx tests its configuration and reads it anew (<c>nginx -t</c>, <c>nginx -s reload</c>); no request is lost.</summary>
    WebReload,

    /// <summary>php-fpm starts anew; the command line reads the file by itself.</summary>
    PhpRestart,

    /// <summary>MariaDB starts anew.</summary>
    DatabaseRestart,

    /// <summary>The application's upgrade jobs are run; the web and the jobs are locked meanwhile.</summary>
    UpgradeJobs,

    /// <summary>A new container is made around the volumes of the old one.</summary>
    NewContainer,
}
