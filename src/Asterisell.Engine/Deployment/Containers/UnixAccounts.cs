using System.Globalization;

namespace Asterisell.Engine.Deployment.Containers;

/// <summary>Numbers of users and groups, from <c>/etc/passwd</c> and <c>/etc/group</c>: Docker takes owners by number.</summary>
internal sealed class UnixAccounts(string passwd, string group)
{
    private readonly Dictionary<string, int> _users = Read(passwd);
    private readonly Dictionary<string, int> _groups = Read(group);

    /// <summary>True when there are a user and a group of that name.</summary>
    public bool Has(string name) => _users.ContainsKey(name) && _groups.ContainsKey(name);

    /// <summary>Number of a user, by name or itself a number; root's where there is no such user.</summary>
    public int UserId(string name) => Find(_users, name);

    /// <summary>Number of a group, by name or itself a number; root's where there is no such group.</summary>
    public int GroupId(string name) => Find(_groups, name);

    private static int Find(Dictionary<string, int> ids, string name) =>
        ids.TryGetValue(name, out int id) || int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out id) ? id : 0;

    private static Dictionary<string, int> Read(string file)
    {
        Dictionary<string, int> ids = [];
        foreach (string[] fields in file.Split('\n').Select(line => line.Split(':')))
        {
            if (fields.Length > 2 && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                ids.TryAdd(fields[0], id);
            }
        }

        return ids;
    }
}
