using DuckDB.NET.Data;
using Engagement.Core.Logs;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Storage.Benchmarks;

/// <summary>The rival: the same rows with the same columns in a table without anything, by the bulk load that the engine's own client offers, a transaction for each batch.</summary>
internal static class BareTable
{
    private const string Columns = "org INTEGER NOT NULL, batch_no BIGINT NOT NULL, row_no INTEGER NOT NULL, at_ms BIGINT NOT NULL, channel_no INTEGER NOT NULL, kind SMALLINT NOT NULL, role SMALLINT NOT NULL, actor_no BIGINT, publication_no INTEGER, reply_row INTEGER";

    public static void Load(DuckDBConnection connection, BatchOfLog batch, int number)
    {
        Execute(connection, $"CREATE TABLE IF NOT EXISTS bare ({Columns})");
        using DuckDBTransaction transaction = connection.BeginTransaction();
        using (DuckDBAppender appender = connection.CreateAppender("bare"))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                IDuckDBAppenderRow one = appender.CreateRow().AppendValue((int?)1).AppendValue((long?)number).AppendValue((int?)row).AppendValue((long?)batch.Times[row]).AppendValue((int?)batch.ChannelIndexes[row])
                    .AppendValue((short?)batch.Kinds[row]).AppendValue((short?)batch.Roles[row]).AppendValue((long?)batch.Actors[row]).AppendValue((int?)batch.Posted[row]);
                (batch.Replies[row] == InteractionLog.None ? one.AppendNullValue() : one.AppendValue((int?)batch.Replies[row])).EndRow();
            }
        }

        transaction.Commit();
    }

    public static void Load(NpgsqlConnection connection, BatchOfLog batch, int number)
    {
        using (NpgsqlCommand command = connection.CreateCommand())
        {
            command.CommandText = $"CREATE TABLE IF NOT EXISTS bare ({Columns})";
            command.ExecuteNonQuery();
        }

        using NpgsqlBinaryImporter copy = connection.BeginBinaryImport("COPY bare FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.Zero;
        for (int row = 0; row < batch.Count; row++)
        {
            copy.StartRow();
            copy.Write(1, NpgsqlDbType.Integer);
            copy.Write((long)number, NpgsqlDbType.Bigint);
            copy.Write(row, NpgsqlDbType.Integer);
            copy.Write(batch.Times[row], NpgsqlDbType.Bigint);
            copy.Write(batch.ChannelIndexes[row], NpgsqlDbType.Integer);
            copy.Write((short)batch.Kinds[row], NpgsqlDbType.Smallint);
            copy.Write((short)batch.Roles[row], NpgsqlDbType.Smallint);
            copy.Write((long)batch.Actors[row], NpgsqlDbType.Bigint);
            copy.Write(batch.Posted[row], NpgsqlDbType.Integer);
            if (batch.Replies[row] == InteractionLog.None) copy.WriteNull();
            else copy.Write(batch.Replies[row], NpgsqlDbType.Integer);
        }

        copy.Complete();
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
