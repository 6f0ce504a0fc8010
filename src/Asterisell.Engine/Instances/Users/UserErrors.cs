namespace Asterisell.Engine.Instances.Users;

/// <summary>Failures of the web users of an instance. None of them shows a password.</summary>
internal static class UserErrors
{
    internal static AsterisellException LoginNotAccepted(AsterisellInstance instance, string why) => new(
        nameof(LoginNotAccepted), ErrorKind.InvalidInput, instance.ToString(),
        $"the login {why}, so the application's login page would refuse it. Nothing was changed.",
        "It takes ASCII letters and digits, blanks, and the characters _ - . +");

    internal static AsterisellException PasswordNotAccepted(AsterisellInstance instance, string why) => new(
        nameof(PasswordNotAccepted), ErrorKind.InvalidInput, instance.ToString(),
        $"the password {why}, so nobody could log in with it. Nothing was changed.",
        "The login page takes ASCII letters and digits, blanks, and the characters _ - . + up to 72 of them; make a long one rather than an odd one.");

    internal static AsterisellException PasswordWeak(AsterisellInstance instance, string why) => new(
        nameof(PasswordWeak), ErrorKind.InvalidInput, instance.ToString(),
        $"the password {why}. Nothing was changed.",
        "Choose another one; four random words will do. To take this one all the same: -Force");

    internal static AsterisellException LoginOfCustomer(AsterisellInstance instance, string login) => new(
        nameof(LoginOfCustomer), ErrorKind.Conflict, instance.ToString(),
        $"the login '{login}' belongs to a customer's user, who is not made an administrator. Nothing was changed.",
        "Choose another login.");

    internal static AsterisellException AdminChangedMeanwhile(AsterisellInstance instance, string login) => new(
        nameof(AdminChangedMeanwhile), ErrorKind.Conflict, instance.ToString(),
        $"somebody else created, changed or removed the login '{login}' at the same moment; it does not have the new password.",
        "Run the same command again.");

    internal static AsterisellException PasswordNotHashed(AsterisellInstance instance, string why) => new(
        nameof(PasswordNotHashed), ErrorKind.CommandFailed, instance.ToString(),
        $"PHP in the instance did not make a hash of the password: {why}");
}
