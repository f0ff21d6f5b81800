using System.Data.Common;
using DuckDB.NET.Data;
using Npgsql;

namespace Engagement.Storage;

/// <summary>Which engine a connection means.</summary>
internal static class Engines
{
    private const string DuckDbScheme = "duckdb:";
    private const string PostgreSqlScheme = "postgresql:";

    /// <summary>Whether a connection begins with the name of an engine.</summary>
    public static bool IsKnown(string connection) =>
        (connection.StartsWith(DuckDbScheme, StringComparison.OrdinalIgnoreCase) && connection.Length > DuckDbScheme.Length) || connection.StartsWith(PostgreSqlScheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The engine that a connection names.</summary>
    /// <param name="connection"><c>duckdb:</c> and a file, or <c>postgresql:</c> and a connection string.</param>
    /// <param name="mustExist">Whether a file that is not there is an error.</param>
    public static Engine Of(string connection, bool mustExist)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.StartsWith(DuckDbScheme, StringComparison.OrdinalIgnoreCase) && connection.Length > DuckDbScheme.Length) return DuckDbEngine.OfFile(connection[DuckDbScheme.Length..], mustExist);
        if (connection.StartsWith(PostgreSqlScheme, StringComparison.OrdinalIgnoreCase)) return PostgreSqlEngine.Of(connection[PostgreSqlScheme.Length..]);

        // A connection string may hold a password, so the value is not told.
        throw new ArgumentException("connection must begin with the engine's name: pass duckdb:FILE, or postgresql:Host=…;Database=….", nameof(connection));
    }

    /// <summary>The engine of the app's own data source.</summary>
    public static PostgreSqlEngine Of(DbDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return dataSource is NpgsqlDataSource source ? PostgreSqlEngine.Of(source, owns: false) : throw new ArgumentException($"dataSource ({dataSource.GetType().Name}) must be of a known engine: pass an NpgsqlDataSource.", nameof(dataSource));
    }

    /// <summary>The engine of the app's own connection.</summary>
    public static Engine Of(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection switch
        {
            DuckDBConnection duckDb => DuckDbEngine.Of(duckDb),
            NpgsqlConnection npgsql => PostgreSqlEngine.Of(npgsql),
            _ => throw new ArgumentException($"connection ({connection.GetType().Name}) must be of a known engine: pass a DuckDBConnection or an NpgsqlConnection.", nameof(connection)),
        };
    }
}
