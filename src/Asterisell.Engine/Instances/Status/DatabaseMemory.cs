namespace Asterisell.Engine.Instances;

/// <summary>What MariaDB is told about memory.</summary>
/// <param name="CacheBytes">Caches that all connections share; TokuDB's is not among them.</param>
/// <param name="ConnectionBytes">Buffers of one connection, when it uses all of them.</param>
/// <param name="MaxConnections">Connections at a time.</param>
/// <param name="PeakConnections">Most of them since the start.</param>
internal sealed record DatabaseMemory(long CacheBytes, long ConnectionBytes, int MaxConnections, int PeakConnections)
{
    /// <summary>
    /// The sum that MariaDB's own manual gives for the most memory in use. The caches are read as variables of the server: an engine
    /// that is not loaded has none.
    /// </summary>
    public const string Query =
        "SELECT SUM(IF(variable_name IN ('INNODB_BUFFER_POOL_SIZE', 'INNODB_LOG_BUFFER_SIZE', 'KEY_BUFFER_SIZE', 'ARIA_PAGECACHE_BUFFER_SIZE',"
        + " 'QUERY_CACHE_SIZE'), variable_value, 0)) AS caches,"
        + " SUM(IF(variable_name IN ('READ_BUFFER_SIZE', 'READ_RND_BUFFER_SIZE', 'SORT_BUFFER_SIZE', 'JOIN_BUFFER_SIZE', 'BINLOG_CACHE_SIZE',"
        + " 'THREAD_STACK', 'NET_BUFFER_LENGTH'), variable_value, 0)) AS connection,"
        + " MAX(IF(variable_name = 'MAX_CONNECTIONS', variable_value + 0, 0)) AS most,"
        + " (SELECT variable_value + 0 FROM information_schema.global_status WHERE variable_name = 'MAX_USED_CONNECTIONS') AS peak"
        + " FROM information_schema.global_variables";

    /// <summary>From a row of <see cref="Query"/>.</summary>
    public static DatabaseMemory Read(SqlRow row) =>
        new((long)(row.Number("caches") ?? 0), (long)(row.Number("connection") ?? 0), (int)(row.Number("most") ?? 0), (int)(row.Number("peak") ?? 0));

    /// <summary>Bytes with so many connections.</summary>
    public long With(int connections, long tokuCache) => CacheBytes + tokuCache + (connections * ConnectionBytes);
}
