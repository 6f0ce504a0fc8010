namespace Asterisell.Engine.Instances.Users;

/// <summary>Login and password of an administrator.</summary>
/// <param name="Login">As typed on the login page; upper and lower case differ.</param>
/// <param name="Password">The password.</param>
public sealed record AdminLogin(string Login, Secret Password);
