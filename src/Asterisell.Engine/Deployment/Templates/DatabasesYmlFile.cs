namespace Asterisell.Engine.Deployment.Templates;

/// <summary><c>config/databases.yml</c> of both applications: how symfony reaches the database. Each has a user of its own.</summary>
internal static class DatabasesYmlFile
{
    public static string Admin(DatabaseSettings settings, string password) => Render(settings.Name, settings.User, "database.password", password);

    /// <summary>The same for a database and a user that an instance has already.</summary>
    public static string Of(string database, string user, string password) => Render(database, user, "database.password", password);

    public static string Customer(DatabaseSettings settings, string password) =>
        Render(settings.Name, CustomerUser(settings), "database.customerPassword", password);

    /// <summary>Database user of the customer application.</summary>
    public static string CustomerUser(DatabaseSettings settings) => "usr_" + settings.User;

    private static string Render(string database, string user, string setting, string password)
    {
        var yaml = new SymfonyYaml();
        foreach (string environment in (string[])["dev", "test"])
        {
            using (yaml.Section(environment))
            using (yaml.Section("propel"))
            using (yaml.Section("param"))
            {
                yaml.Add("classname", "DebugPDO");
            }

            yaml.Space();
        }

        using (yaml.Section("all"))
        using (yaml.Section("propel"))
        {
            yaml.Add("class", "sfPropelDatabase");
            using (yaml.Section("param"))
            {
                yaml.Add("dsn", $"mysql:dbname={database};host=localhost");
                yaml.Add("database", database);
                yaml.Add("username", user);
                yaml.AddNamed("password", setting, password);
                yaml.Add("encoding", "utf8");
                yaml.Add("persistent", true);
                yaml.Add("pooling", true);
                yaml.Add("classname", "PropelPDO");
            }
        }

        return yaml.ToString();
    }
}
