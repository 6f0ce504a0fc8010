using System.Text;
using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Tests.Unit.Deployment;

public sealed class Sha512CryptTests
{
    /// <summary>Made with <c>openssl passwd -6</c> and the C library.</summary>
    [Theory]
    [InlineData(
        "Hello world!",
        "salt./0123456789", "OXsv5m5j6dCssC1UA98Xmpr0Zy3s9EoCyPqivQBTHz1eadYVRgEo/WIEYlOv6B67SBqMSp.O6gkvcY1o4RZhH0")]
    [InlineData(
        "a",
        "salt./0123456789", "ew1mZ5gY8tQcz1VfYh5noOy0ZxFdTILHV2sTTjcD4uN1wAMiqeOFYz4I44F76vbLhGM9QCL7ygIXah9M.W4Y//")]
    [InlineData(
        "pässwörd ☃ with a rather long text that is longer than sixty-four bytes, so that blocks repeat",
        "salt./0123456789", "bf.fpAJztp00hFNeD7ipNY8cgI1kZzHO8nlmQBLdkqg75FygAUw43AaUrZ9jGRXFqQ1GtqYofqj7Pgb6Db4C00")]
    public void Hashes_as_the_system_does(string password, string salt, string hash) =>
        Assert.Equal($"$6${salt}${hash}", Sha512Crypt.Hash(Encoding.UTF8.GetBytes(password), salt));
}
