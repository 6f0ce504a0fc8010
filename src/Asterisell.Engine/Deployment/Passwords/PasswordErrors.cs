namespace Asterisell.Engine.Deployment.Passwords;

/// <summary>Why passwords of a database are not changed.</summary>
internal static class PasswordErrors
{
    public static AsterisellException CredentialFileUnusable(AsterisellInstance instance, string path, string why) => new(
        nameof(CredentialFileUnusable), ErrorKind.InvalidState, instance.ToString(),
        $"the application's credentials cannot be read from '{path}': {why}. Nothing was changed.",
        $"Look at it: Enter-AsterisellInstance {instance}");

    public static AsterisellException DatabaseAccountMissing(AsterisellInstance instance, string account) => new(
        nameof(DatabaseAccountMissing), ErrorKind.NotFound, instance.ToString(),
        $"MariaDB has no account {account}, or one whose login is of no known kind. Nothing was changed.",
        "See which there are, as root in the instance: SELECT user, host, plugin FROM mysql.user");

    public static AsterisellException PasswordsEqual(AsterisellInstance instance) => new(
        nameof(PasswordsEqual), ErrorKind.InvalidInput, instance.ToString(),
        "the inventory gives both applications the same password, so that what the customers' one leaks would open everything. Nothing was changed.",
        "Give database.customerPassword another one.");

    public static AsterisellException PasswordUnwritable(AsterisellInstance instance, string setting, string why) => new(
        nameof(PasswordUnwritable), ErrorKind.InvalidInput, instance.ToString(),
        $"the password of {setting} cannot be written into the application's configuration: {why}. Nothing was changed.", "Choose another one.");

    public static AsterisellException PasswordChangeUndone(AsterisellInstance instance, string why, AsterisellException? cause) => new(
        nameof(PasswordChangeUndone), ErrorKind.InvalidState, instance.ToString(),
        $"with its new passwords the instance was not well, so that the former ones were put back: {why}",
        "The instance goes on as before. Mend what is named, then run the same command again.", cause);

    public static AsterisellException PasswordChangeStuck(AsterisellInstance instance, string why, string undoing, AsterisellException? cause) => new(
        nameof(PasswordChangeStuck), ErrorKind.InvalidState, instance.ToString(),
        $"the change of its passwords failed ({why}), and so did putting the former ones back: {undoing}. MariaDB lets both in as far as it could be told to, and one of the files may have the new one.",
        "Run the same command again when the instance answers: it goes on from whatever it finds.", cause);
}
