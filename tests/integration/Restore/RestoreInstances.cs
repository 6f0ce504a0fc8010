using Asterisell.Engine.Backup.Restore;
using Asterisell.Tests.Integration.Backup;

namespace Asterisell.Tests.Integration.Restore;

/// <summary>What tests of restores do with an instance.</summary>
internal static class RestoreInstances
{
    /// <summary>Restores into the instance of the backup.</summary>
    public static Task<RestoreResult> RestoreAsync(
        this BackupInstance lab, AsterisellBackup backup, RestoreOptions? options = null, CancellationToken cancellation = default) =>
        new InstanceRestore(TimeProvider.System).RestoreAsync(lab.Instance, backup, options ?? new RestoreOptions(), new StepLog(), null, cancellation);

    /// <summary>Every row of every table by checksum, every object with its text, every grant: what a restore must bring back or leave alone.</summary>
    public static async Task<string> StateAsync(this BackupInstance lab)
    {
        string name = lab.Name;
        string[] tables = await lab.SqlAsync(
            $"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{name}' AND TABLE_TYPE <> 'VIEW' AND TABLE_NAME NOT IN ('ar_check_upgrade_script', 'ar_expanded_extensions', 'ar_postponed_report_tmp', 'ar_current_problem', 'ar_lock') ORDER BY 1");
        string[] sums = await lab.SqlAsync($"CHECKSUM TABLE {string.Join(", ", tables.Select(table => $"`{table}`"))}");
        string[] objects = await lab.SqlAsync(
            $"""
            SELECT 'view', TABLE_NAME, VIEW_DEFINITION, DEFINER FROM information_schema.VIEWS WHERE TABLE_SCHEMA = '{name}'
            UNION ALL SELECT 'trigger', TRIGGER_NAME, ACTION_STATEMENT, DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '{name}'
            UNION ALL SELECT 'routine', ROUTINE_NAME, ROUTINE_DEFINITION, DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = '{name}'
            UNION ALL SELECT 'grant', Table_name, Table_priv, User FROM mysql.tables_priv WHERE Db = '{name}'
            ORDER BY 1, 2
            """);
        return string.Join('\n', [.. sums, .. objects]);
    }
}
