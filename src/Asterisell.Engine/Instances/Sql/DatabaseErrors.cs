using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>Failures of the database of an instance.</summary>
internal static class DatabaseErrors
{
    public static DatabaseException CredentialsNotFound(AsterisellInstance instance, string path) => new(
        nameof(CredentialsNotFound), ErrorKind.NotFound, instance.ToString(), 0,
        $"'{path}' does not exist, so the application is not installed, or an installation was interrupted.",
        "See what is there with: Get-AsterisellStatus " + instance);

    public static DatabaseException CredentialsNotUnderstood(AsterisellInstance instance, string path, string why) => new(
        nameof(CredentialsNotUnderstood), ErrorKind.DataMismatch, instance.ToString(), 0,
        $"'{path}' does not tell how to reach the database: {why}.",
        "An interrupted update leaves this file damaged; the application cannot read it either.");

    public static DatabaseException ClientProgramNotFound(AsterisellInstance instance, string program) => new(
        nameof(ClientProgramNotFound), ErrorKind.NotFound, instance.ToString(), 0,
        $"the container has no client program '{program}' of MariaDB.");

    public static DatabaseException DatabaseDown(AsterisellInstance instance, ClientError error) => new(
        nameof(DatabaseDown), ErrorKind.Connection, instance.ToString(), error.Code,
        $"MariaDB does not answer: {error.Text}.",
        $"See why with: Get-AsterisellLog {instance} -Service mysql");

    public static DatabaseException DatabaseConnectionLost(AsterisellInstance instance, int code, string text) => new(
        nameof(DatabaseConnectionLost), ErrorKind.Connection, instance.ToString(), code,
        $"the connection to MariaDB broke before the answer was complete: {text}.",
        $"MariaDB was restarted or ran out of memory; see: Get-AsterisellLog {instance} -Service mysql");

    public static DatabaseException DatabaseAccessDenied(AsterisellInstance instance, ClientError error) => new(
        nameof(DatabaseAccessDenied), ErrorKind.Authentication, instance.ToString(), error.Code,
        $"MariaDB refuses the user of the application: {error.Text}.",
        $"The password in {instance.AdminDirectory}/config/databases.yml and the one in MariaDB differ; the application itself cannot work either.");

    public static DatabaseException DatabasePrivilegeMissing(AsterisellInstance instance, ClientError error) => new(
        nameof(DatabasePrivilegeMissing), ErrorKind.PermissionDenied, instance.ToString(), error.Code,
        $"the application's database user lacks a privilege: {error.Text}.");

    public static DatabaseException TableNotFound(AsterisellInstance instance, ClientError error) => new(
        nameof(TableNotFound), ErrorKind.NotFound, instance.ToString(), error.Code,
        $"the database lacks what was asked for: {error.Text}.",
        "The application is not completely installed, or its version differs from what this module knows.");

    public static DatabaseException StatementInvalid(AsterisellInstance instance, ClientError error) => new(
        nameof(StatementInvalid), ErrorKind.InvalidInput, instance.ToString(), error.Code,
        $"MariaDB does not understand a statement: {error.Text}.");

    public static DatabaseException StatementInterrupted(AsterisellInstance instance, ClientError error) => new(
        nameof(StatementInterrupted), ErrorKind.Timeout, instance.ToString(), error.Code,
        $"MariaDB ended a statement before it was done: {error.Text}.");

    public static DatabaseException DatabaseLocked(AsterisellInstance instance, ClientError error) => new(
        nameof(DatabaseLocked), ErrorKind.Conflict, instance.ToString(), error.Code,
        $"rows stayed locked by somebody else: {error.Text}.",
        $"Look for a running job pass with: Get-AsterisellJob {instance} -State Running");

    public static DatabaseException DatabaseFull(AsterisellInstance instance, ClientError error) => new(
        nameof(DatabaseFull), ErrorKind.ResourceExhausted, instance.ToString(), error.Code,
        $"MariaDB has no room left: {error.Text}.");

    public static DatabaseException DatabaseFailed(AsterisellInstance instance, int code, string text) => new(
        nameof(DatabaseFailed), ErrorKind.CommandFailed, instance.ToString(), code,
        $"MariaDB reports {(code == 0 ? "a failure" : "error " + code.ToString(CultureInfo.InvariantCulture))}: {text}.");

    /// <summary>The failure that an error of a client program is.</summary>
    public static DatabaseException From(AsterisellInstance instance, ClientError error) => Trimmed(error) switch
    {
        { Code: 1045 or 1698 or 1862 } e => DatabaseAccessDenied(instance, e),
        { Code: 1044 or 1142 or 1143 or 1227 or 1370 or 1419 } e => DatabasePrivilegeMissing(instance, e),
        { Code: 1040 or 1053 or 1130 or 2002 or 2003 or 2005 } e => DatabaseDown(instance, e),
        { Code: 1927 or 2006 or 2013 or 2055 } e => DatabaseConnectionLost(instance, e.Code, e.Text),
        { Code: 1049 or 1051 or 1109 or 1146 or 1305 } e => TableNotFound(instance, e),
        { Code: 1054 or 1064 or 1149 or 1267 or 1305 or 1582 } e => StatementInvalid(instance, e),
        { Code: 1317 or 1969 or 3024 } e => StatementInterrupted(instance, e),
        { Code: 1205 or 1213 } e => DatabaseLocked(instance, e),
        { Code: 1021 or 1114 } e => DatabaseFull(instance, e),
        { Text: var text } e when text.Contains("No space left", StringComparison.Ordinal) => DatabaseFull(instance, e),
        var e => DatabaseFailed(instance, e.Code, e.Text),
    };

    private static ClientError Trimmed(ClientError error) => error with { Text = InstanceErrors.OneLine(error.Text).TrimEnd('.') };
}
