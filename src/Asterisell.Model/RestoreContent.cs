namespace Asterisell;

/// <summary>Parts of a backup that can be restored.</summary>
[Flags]
public enum RestoreContent
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The whole database.</summary>
    Database = 1,

    /// <summary>
    /// <c>config/</c> of both applications and <c>app.yml</c>. Never <c>databases.yml</c>: the passwords in it belong to the MariaDB that runs now.
    /// Another instance keeps its own <c>app.yml</c> too.
    /// </summary>
    Configuration = 2,

    /// <summary>
    /// <c>web/uploads</c> as the backup has it; of the call files that wait for import and the application's own daily backups, those that are
    /// missing now.
    /// </summary>
    Uploads = 4,

    /// <summary><c>/etc</c>: files of the backup take the place of those of the same name. Only into the same instance.</summary>
    Etc = 8,

    /// <summary>Single tables, which <c>-Table</c> names, in place of the database.</summary>
    Table = 16,
}
