namespace Asterisell.Engine.Deployment.Templates;

/// <summary>What makes a written file felt.</summary>
internal enum AppliedBy
{
    /// <summary>Nothing: it is read whenever it is needed.</summary>
    Nothing,

    /// <summary><c>php asterisell.php silently-activate</c>: it clears the caches and takes the file over into the customer application.</summary>
    Activation,

    /// <summary>nginx tests its configuration and reads it anew (<c>nginx -t</c>, <c>nginx -s reload</c>); no request is lost.</summary>
    WebReload,

    /// <summary>php-fpm starts anew; the command line reads the file by itself.</summary>
    PhpRestart,

    /// <summary>MariaDB starts anew.</summary>
    DatabaseRestart,
}
