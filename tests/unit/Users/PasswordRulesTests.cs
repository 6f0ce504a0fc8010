using Asterisell.Engine.Instances.Users;

namespace Asterisell.Tests.Unit.Users;

public sealed class PasswordRulesTests
{
    private static readonly AsterisellInstance Instance = new() { Name = "billing", Host = new AsterisellHost { Name = "milan", Endpoint = new Uri("ssh://milan") } };

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("blue-Harbour.71+kettle")]
    [InlineData("xT4 pQ_9z.Lw+2")]
    [InlineData("passwords are for geese")]
    public void A_long_and_odd_password_is_taken(string password) => PasswordRules.Check(Instance, Login("admin", password), allowWeak: false);

    [Theory]
    [InlineData("admin", "k3Jz-9.pQ+x", "fewer than 12 characters")]
    [InlineData("admin", "aaaaaaaabbbb", "fewer than 5 different")]
    [InlineData("operator7", "operator7-2026", "little more than the login")]
    [InlineData("operator7", "Xx-OPERATOR7-xX", "little more than the login")]
    [InlineData("admin", "123456789012", "counts up or down")]
    [InlineData("admin", "9876543210987", "counts up or down")]
    [InlineData("admin", "qwertyuiop asdfghjkl", "row of the keyboard")]
    [InlineData("chief", "Password-2026", "tried first")]
    [InlineData("chief", "some_random_password", "tried first")]
    [InlineData("chief", "4dm1n 4st3r1s3ll", "tried first")]
    [InlineData("chief", "changeme changeme 1", "tried first")]
    public void A_weak_password_is_taken_only_by_force(string login, string password, string why)
    {
        AsterisellException error = Assert.Throws<AsterisellException>(() => PasswordRules.Check(Instance, Login(login, password), allowWeak: false));
        Assert.Equal("PasswordWeak", error.ErrorId);
        Assert.Contains(why, error.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(password, error.Message, StringComparison.OrdinalIgnoreCase);
        PasswordRules.Check(Instance, Login(login, password), allowWeak: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct-horse-battery!")]
    [InlineData("correct horse'battery")]
    [InlineData("Schlüssel zum Keller")]
    [InlineData("two lines\nof words")]
    [InlineData(" begins with a blank")]
    [InlineData("a-password-of-seventy-three-characters-of-which-bcrypt-reads-seventy-two.")]
    public void What_the_login_page_refuses_is_never_taken(string password)
    {
        AsterisellException error = Assert.Throws<AsterisellException>(() => PasswordRules.Check(Instance, Login("admin", password), allowWeak: true));
        Assert.Equal("PasswordNotAccepted", error.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ad'min")]
    [InlineData("admin ")]
    [InlineData("chief@example")]
    public void A_login_that_the_page_refuses_is_never_taken(string login)
    {
        AsterisellException error = Assert.Throws<AsterisellException>(
            () => PasswordRules.Check(Instance, Login(login, "correct horse battery staple"), allowWeak: true));
        Assert.Equal("LoginNotAccepted", error.ErrorId);
    }

    private static AdminLogin Login(string login, string password) => new(login, new Secret(password));
}
